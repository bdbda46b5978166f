import { mostAtOnce } from "#lib/scim/index.ts";
import { type Answer, errorAnswer } from "./answer.ts";
import { type Asked, refuseMethod } from "./request.ts";
import { schemas } from "./schemas.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** What SCIM can do here, for clients that ask: RFC 7643, section 5 to 7. */
export function discovered({ method, id, query }: Asked, resource: string, base: string): Answer {
  const known = documents(base)[resource];
  if (!known) return errorAnswer(404, "Not found: there are Users and Groups.");
  if (method !== "GET") return refuseMethod("GET");
  if (!Array.isArray(known)) return { status: 200, body: known };
  if (id !== undefined) {
    const one = known.find((document) => document.id === id);
    return one ? { status: 200, body: one } : errorAnswer(404, `Not found: ${id}.`);
  }
  // RFC 7644, section 4: what is always the same is not filtered.
  if (query.has("filter")) return errorAnswer(403, "These are not filtered.");
  const list = {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: known.length,
  };
  return { status: 200, body: { ...list, startIndex: 1, itemsPerPage: known.length, Resources: known } };
}

function documents(base: string): Record<string, object | { id: string }[]> {
  const meta = (resourceType: string, path: string) => ({
    meta: { resourceType, location: `${base}/${path}` },
  });
  return {
    ServiceProviderConfig: {
      ...serviceProviderConfig,
      ...meta("ServiceProviderConfig", "ServiceProviderConfig"),
    },
    ResourceTypes: resourceTypes.map((one) => ({
      ...one,
      ...meta("ResourceType", `ResourceTypes/${one.id}`),
    })),
    Schemas: schemas.map((one) => ({
      schemas: [`${core}:Schema`],
      ...one,
      ...meta("Schema", `Schemas/${one.id}`),
    })),
  };
}

const serviceProviderConfig = {
  schemas: [`${core}:ServiceProviderConfig`],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: mostAtOnce },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "Bearer token",
      description: "A provisioning token, made under Settings, Single sign-on, Provisioning.",
      primary: true,
    },
  ],
};

const resourceTypes = [
  {
    schemas: [`${core}:ResourceType`],
    id: "User",
    name: "User",
    endpoint: "/Users",
    description: "User account",
    schema: `${core}:User`,
    schemaExtensions: [{ schema: enterprise, required: false }],
  },
  {
    schemas: [`${core}:ResourceType`],
    id: "Group",
    name: "Group",
    endpoint: "/Groups",
    description: "Group",
    schema: `${core}:Group`,
  },
];
