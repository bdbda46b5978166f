import { instantOf } from "#lib/calculator/index.ts";
import type { Circumstances } from "#lib/calculator/schema.ts";
import type { SearchParams } from "#lib/web/page-href.ts";

export const toolsPath = "/settings/roles/tools";

/** About whom the calculator is asked. */
export const subjects = ["user", "roles", "who"] as const;
export type About = (typeof subjects)[number];

const attributePrefix = "attr.";
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The question as the address has it. What makes no sense there is as good as absent. */
export function askedIn(params: SearchParams) {
  const all = (name: string, most: number): string[] =>
    [params[name] ?? []].flat().filter((value) => value !== "" && value.length <= most);
  const one = (name: string, most = 100): string | undefined => all(name, most)[0];
  const user = one("user");
  const at = params.at ? String(params.at) : undefined;
  const zone = one("zone", 64);
  return {
    about: subjects.find((subject) => subject === one("for")),
    user: user && uuid.test(user) ? user : undefined,
    roles: all("role", 100).slice(0, 100),
    expression: one("expression", 2000)?.trim() || undefined,
    find: one("find", 200),
    member: ticked(one("member")),
    permission: one("permission"),
    circumstances: {
      at,
      zone,
      type: one("type", 200),
      id: one("id", 200),
      organization: one("organization"),
      team: one("team"),
      own: ticked(one("own")),
      assigned: ticked(one("assigned")),
      values: valuesIn(params, (name) => all(name, 500).slice(0, 50)),
    } satisfies Circumstances,
    /** Why no instant can be read out of the address. */
    atProblem:
      at && instantOf(at, zone) === undefined
        ? "This is no date and time that can be reckoned with, or no time zone."
        : undefined,
    q: one("q", 200) ?? "",
    show: one("show") === "held" ? ("held" as const) : ("all" as const),
    after: one("after", 2000),
    before: one("before", 2000),
  };
}

export type Asked = ReturnType<typeof askedIn>;

const ticked = (value: string | undefined): true | undefined => (value === "on" ? true : undefined);

function valuesIn(params: SearchParams, all: (name: string) => string[]): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const name of Object.keys(params)) {
    const key = name.slice(attributePrefix.length);
    const given = name.startsWith(attributePrefix) && key.length <= 100 ? all(name) : [];
    if (key !== "" && given.length > 0) values[key] = given;
  }
  return values;
}

export const attributeName = (key: string): string => `${attributePrefix}${key}`;

/** Whether anything is said about what is acted on. */
export function namesResource({ circumstances }: Asked): boolean {
  const { at: _at, zone: _zone, values, ...rest } = circumstances;
  return Object.values(rest).some(Boolean) || Object.keys(values).length > 0;
}
