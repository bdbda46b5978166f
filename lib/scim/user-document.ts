import { normaliseKey } from "#lib/kernel/normalise.ts";
import { type Attributes, flagOf, isAttributes, listOf, textOf, withStandardNames } from "./attributes.ts";
import { invalid } from "./invalid.ts";
import { urns } from "./urns.ts";

/** What RFC 7643 calls a user's attributes. Others are kept under the name that they came with. */
const standard = [
  ...["schemas", "id", "externalId", "meta", "userName", "name", "displayName", "nickName", "profileUrl"],
  ...["title", "userType", "preferredLanguage", "locale", "timezone", "active", "password", "emails"],
  ...["phoneNumbers", "ims", "photos", "addresses", "groups", "entitlements", "roles", "x509Certificates"],
];
/** What is ours to say. */
const readOnly = ["id", "meta", "groups"];

/** A user as a client describes them: what we need to know, and everything that they sent. */
export interface UserDocument {
  userName: string;
  userNameKey: string;
  externalId: string | undefined;
  active: boolean | undefined;
  /** The address that counts here: the primary one, one for work, the first; a user name that is one at last. */
  email: string | undefined;
  emailKeys: string[];
  givenName: string;
  familyName: string;
  /** As it was sent, without what is ours to say and without secrets. */
  resource: Attributes;
}

export function readUser(sent: Attributes): UserDocument {
  const all = withStandardNames(sent, standard);
  for (const name of readOnly) delete all[name];
  const resource = withoutSecrets(all) as Attributes;
  const userName = textOf(resource, "userName", 254)?.trim();
  if (!userName) throw invalid("invalidValue", "A user needs a userName.");
  const emails = listOf(resource, "emails");
  const addresses = emails.map((one) => textOf(one, "value", 254)?.trim()).filter((one) => one !== undefined);
  return {
    userName,
    userNameKey: normaliseKey(userName),
    externalId: textOf(resource, "externalId"),
    active: flagOf(resource, "active"),
    email: addressOf(emails) ?? (userName.includes("@") ? userName : undefined),
    emailKeys: [...new Set(addresses.map(normaliseKey))],
    ...namesOf(resource),
    resource: { ...resource, schemas: schemasOf(resource) },
  };
}

function addressOf(emails: readonly Attributes[]): string | undefined {
  const withValue = emails.filter((one) => textOf(one, "value", 254) !== undefined);
  const chosen =
    withValue.find((one) => flagOf(one, "primary")) ??
    withValue.find((one) => textOf(one, "type")?.toLowerCase() === "work") ??
    withValue[0];
  return chosen && textOf(chosen, "value", 254)?.trim();
}

function namesOf(resource: Attributes): { givenName: string; familyName: string } {
  const { name } = resource;
  if (name !== undefined && name !== null && !isAttributes(name))
    throw invalid("invalidValue", "name has to be an object.");
  const parts = withStandardNames(name ?? {}, ["givenName", "familyName", "formatted"]);
  const givenName = textOf(parts, "givenName") ?? "";
  const familyName = textOf(parts, "familyName") ?? "";
  if (givenName || familyName) return { givenName, familyName };
  return { givenName: textOf(resource, "displayName") ?? textOf(parts, "formatted") ?? "", familyName };
}

function schemasOf({ schemas }: Attributes): string[] {
  if (schemas === undefined || schemas === null) return [urns.user];
  if (Array.isArray(schemas) && schemas.length > 0 && schemas.every((one) => typeof one === "string"))
    return schemas;
  throw invalid("invalidSyntax", "schemas has to be a list of schema names.");
}

/** Okta may send a password. Nobody signs in with one that a client chose, so it is dropped wherever it stands. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isAttributes(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !/^password$/i.test(name.split(":").at(-1) ?? ""));
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutSecrets(one)]));
}
