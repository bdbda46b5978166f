import type { Claims, SamlProvider } from "#lib/providers/index.ts";
import type { Vouched } from "#lib/sso/index.ts";
import { attributeOf, childrenOf, instantOf, onlyChild, textOf } from "./elements.ts";
import { samlRefusal } from "./refusals.ts";

/** The names under which the big providers send these, for whoever names none. */
const usual = {
  email: [
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "email",
    "mail",
    "emailAddress",
  ],
  username: [
    "urn:oid:0.9.2342.19200300.100.1.1",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
    "username",
    "uid",
  ],
  givenName: [
    "urn:oid:2.5.4.42",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
    "givenName",
    "firstName",
  ],
  familyName: [
    "urn:oid:2.5.4.4",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
    "surname",
    "sn",
    "lastName",
  ],
} as const;

const emailFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
const persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const unspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/** Entra names this instead of the groups of somebody who is in too many. */
const overage = "http://schemas.microsoft.com/claims/groups.link";

/** Who a checked assertion is about. Addresses count as unverified: SAML has no word for it. */
export function vouchedBy(provider: SamlProvider, assertion: Element, ownEntityId: string): Vouched {
  const { settings, slug } = provider;
  const { value, format } = nameIdOf(assertion, settings.entityId, ownEntityId);
  const claims = claimsOf(assertion);
  const [statement] = childrenOf(assertion, "assertion", "AuthnStatement");
  const proven = statement && instantOf(statement, "AuthnInstant");
  const named = (attribute: string | undefined, names: readonly string[]) =>
    firstOf(claims, attribute === undefined ? names : [attribute]);
  const address = named(settings.emailAttribute, usual.email);
  return {
    provider: slug,
    issuer: settings.entityId,
    subject: value,
    session: statement && attributeOf(statement, "SessionIndex"),
    authenticatedAt: proven === undefined ? undefined : new Date(proven),
    email: address ?? (format === emailFormat ? value : undefined),
    emailVerified: false,
    username: named(settings.usernameAttribute, usual.username),
    givenName: named(settings.givenNameAttribute, usual.givenName),
    familyName: named(settings.familyNameAttribute, usual.familyName),
    claims,
    unread: Object.hasOwn(claims, overage) ? "overage" : undefined,
  };
}

/** A name that lasts, so that it is the same person next time. A transient one is another at every sign-in. */
function nameIdOf(assertion: Element, issuer: string, ownEntityId: string) {
  const subject = onlyChild(assertion, "assertion", "Subject");
  const nameId = subject && onlyChild(subject, "assertion", "NameID");
  if (!nameId) throw samlRefusal("saml_name_id");
  const format = attributeOf(nameId, "Format") ?? unspecified;
  const value = textOf(nameId);
  if (value === "" || value.length > 1000) throw samlRefusal("saml_name_id");
  if (![persistent, emailFormat, unspecified].includes(format)) throw samlRefusal("saml_name_id");
  if (format === persistent) {
    // A persistent name is one of a pair of us and the provider; in another pair it is another person.
    const by = attributeOf(nameId, "NameQualifier") ?? issuer;
    const to = attributeOf(nameId, "SPNameQualifier") ?? ownEntityId;
    if (by !== issuer || to !== ownEntityId) throw samlRefusal("saml_name_id");
  }
  // Letters of an address change case when somebody tidies up a directory; only A to Z, which have no look-alikes.
  const subjectOf =
    format === emailFormat ? value.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : value;
  return { value: subjectOf, format };
}

/**
 * Attributes by name, and by friendly name where no attribute has that as its name. Several values are a list. One
 * without a value is an empty list: the provider said that there are none, which is something else than saying nothing.
 */
function claimsOf(assertion: Element): Claims {
  const attributes = childrenOf(assertion, "assertion", "AttributeStatement").flatMap((statement) =>
    childrenOf(statement, "assertion", "Attribute"),
  );
  const claims = new Map<string, string[]>();
  const friendly = new Map<string, string[]>();
  const add = (to: Map<string, string[]>, name: string | undefined, values: string[]) => {
    if (name) to.set(name, [...(to.get(name) ?? []), ...values]);
  };
  for (const attribute of attributes) {
    const values = childrenOf(attribute, "assertion", "AttributeValue").map(textOf).filter(Boolean);
    add(claims, attributeOf(attribute, "Name"), values);
    add(friendly, attributeOf(attribute, "FriendlyName"), values);
  }
  const all = new Map([...friendly, ...claims]);
  return Object.fromEntries(
    [...all].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

/** The first value of the first of these attributes that has one, in any case of the name. */
function firstOf(claims: Claims, names: readonly string[]): string | undefined {
  for (const name of names) {
    const key = Object.keys(claims).find((one) => one.toLowerCase() === name.toLowerCase());
    const [value] = key === undefined ? [] : [claims[key]].flat();
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}
