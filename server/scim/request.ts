import type { Call } from "#lib/kernel/call.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { Page } from "#lib/scim/index.ts";
import { type Answer, errorAnswer } from "./answer.ts";

/** A request of a client that is known. */
export interface Asked {
  call: Call;
  method: string;
  /** What stands behind the kind of resource. */
  id: string | undefined;
  query: URLSearchParams;
  body(): Promise<unknown>;
}

type Resource = Record<string, unknown>;

export function refuseMethod(...allowed: string[]): Answer {
  const allow = allowed.join(", ");
  return { ...errorAnswer(405, `Use one of ${allow}.`), headers: { allow } };
}

/** Which page of which resources. */
export function listInput(query: URLSearchParams) {
  const filter = query.get("filter");
  return {
    ...(filter !== null && { filter }),
    ...numberIn(query, "startIndex"),
    ...numberIn(query, "count"),
  };
}

function numberIn(query: URLSearchParams, name: string): Record<string, number> {
  const text = query.get(name);
  if (text === null || text === "") return {};
  if (/^-?\d{1,9}$/.test(text)) return { [name]: Number(text) };
  throw new AppError("invalid", "invalidValue", `${name} has to be a whole number.`);
}

export function listAnswer({ total, resources }: Page, query: URLSearchParams): Answer {
  const { startIndex = 1 } = numberIn(query, "startIndex");
  return {
    status: 200,
    body: {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      totalResults: total,
      startIndex: Math.max(1, startIndex),
      itemsPerPage: resources.length,
      Resources: resources.map(projection(query)),
    },
  };
}

export const shown = (resource: Resource, query: URLSearchParams): Answer => ({
  status: 200,
  body: projection(query)(resource),
});

export const created = (resource: Resource & { meta?: unknown }): Answer => {
  const { location } = resource.meta as { location: string };
  return { status: 201, headers: { location }, body: resource };
};

/** The operations of a PATCH, or the description of a PUT. */
export async function changeIn({ method, body }: Asked): Promise<unknown> {
  const sent = await body();
  if (method === "PUT") return { kind: "put", resource: sent };
  const patch = typeof sent === "object" && sent !== null ? sent : {};
  const operations = Object.entries(patch).find(([name]) => name.toLowerCase() === "operations")?.[1];
  return { kind: "patch", operations };
}

/** The last part of a name with a schema before it, in lower case. */
const bare = (name: string): string => {
  const key = name.trim().toLowerCase();
  return key.slice(key.lastIndexOf(":") + 1);
};

/** Attributes that a query names, whatever schema stands before them; a part stands for the whole. */
function namesIn(query: URLSearchParams, parameter: string): { name: string; whole: boolean }[] {
  const list = query.get(parameter)?.split(",") ?? [];
  return list.map((one) => {
    const [name = "", part] = bare(one).split(".");
    return { name, whole: part === undefined };
  });
}

/** Whether a query asks for an attribute; read once, however many resources are shown. */
function wanted(query: URLSearchParams): (attribute: string) => boolean {
  const only = new Set(namesIn(query, "attributes").map(({ name }) => name));
  if (only.size > 0) return (attribute) => only.has(bare(attribute));
  const excluded = namesIn(query, "excludedAttributes").filter(({ whole }) => whole);
  const without = new Set(excluded.map(({ name }) => name));
  return (attribute) => !without.has(bare(attribute));
}

export const asksFor = (query: URLSearchParams, attribute: string): boolean => wanted(query)(attribute);

const always = ["schemas", "id"];

function projection(query: URLSearchParams): (resource: Resource) => Resource {
  const isWanted = wanted(query);
  return (resource) =>
    Object.fromEntries(Object.entries(resource).filter(([name]) => always.includes(name) || isWanted(name)));
}
