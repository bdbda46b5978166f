import type { SamlAddresses } from "./addresses.ts";
import { attributeOf, childrenOf, elementsOf, instantOf, isElement, onlyChild, textOf } from "./elements.ts";
import { type SamlReason, samlRefusal } from "./refusals.ts";

/** How far the provider's clock may be off. */
const clockTolerance = 60_000;
/** How long an assertion may be on its way, whatever it says itself. */
const longestWay = 10 * 60_000;

export interface Expected {
  /** The provider's entity ID. */
  issuer: string;
  own: SamlAddresses;
  /** The request that this answers; undefined for an answer that nobody asked for. */
  inResponseTo: string | undefined;
  at: number;
}

/** What holds of a signed assertion that is for us, now. */
export interface Checked {
  id: string;
  /** Past this instant it would be refused for its age. */
  over: number;
}

/** What the web browser profile demands of an assertion whose signature is proven. Everything comes from the signed words. */
export function checkAssertion(assertion: Element, expected: Expected): Checked {
  const { at, own } = expected;
  demand(isElement(assertion, "assertion", "Assertion"), "saml_shape");
  const id = attributeOf(assertion, "ID");
  if (!id || attributeOf(assertion, "Version") !== "2.0") throw samlRefusal("saml_shape");
  demand(issuerOf(assertion) === expected.issuer, "saml_issuer");
  const issued = instantOf(assertion, "IssueInstant");
  if (issued === undefined) throw samlRefusal("saml_shape");
  demand(issued <= at + clockTolerance && at < issued + longestWay + clockTolerance, "saml_time");
  checkConditions(assertion, own, at);
  const confirmed = checkSubject(assertion, expected);
  for (const statement of childrenOf(assertion, "assertion", "AuthnStatement")) checkEnd(statement, at);
  demand(childrenOf(assertion, "assertion", "AuthnStatement").length > 0, "saml_shape");
  return { id, over: Math.min(confirmed, issued + longestWay) + clockTolerance };
}

/** What stands around the assertion must fit it. It may be unsigned, so it only ever refuses. */
export function checkResponse(response: Element, expected: Expected, signed: boolean): void {
  const issuer = childrenOf(response, "assertion", "Issuer");
  demand(issuer.length === 0 || issuerOf(response) === expected.issuer, "saml_issuer");
  const destination = attributeOf(response, "Destination");
  demand(destination === undefined ? !signed : destination === expected.own.acs, "saml_recipient");
}

function demand(holds: boolean, reason: SamlReason): void {
  if (!holds) throw samlRefusal(reason);
}

function issuerOf(of: Element): string | undefined {
  const issuer = onlyChild(of, "assertion", "Issuer");
  const format = issuer && attributeOf(issuer, "Format");
  const isEntity = format === undefined || format === "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
  return isEntity ? textOf(issuer) : undefined;
}

function checkEnd(of: Element, at: number): void {
  if (attributeOf(of, "SessionNotOnOrAfter") === undefined) return;
  const end = instantOf(of, "SessionNotOnOrAfter");
  demand(end !== undefined && at - clockTolerance < end, "saml_time");
}

/** @returns whether the instant lies within NotBefore and NotOnOrAfter; one that cannot be read lies in neither */
function isWithin(of: Element, at: number): boolean {
  const [from, to] = [instantOf(of, "NotBefore"), instantOf(of, "NotOnOrAfter")];
  if (from === undefined && attributeOf(of, "NotBefore") !== undefined) return false;
  if (to === undefined && attributeOf(of, "NotOnOrAfter") !== undefined) return false;
  return (
    (from === undefined || from <= at + clockTolerance) && (to === undefined || at - clockTolerance < to)
  );
}

const conditionsKnown = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];

/** A condition that is not understood is one that may not hold. */
function checkConditions(assertion: Element, own: SamlAddresses, at: number): void {
  const conditions = onlyChild(assertion, "assertion", "Conditions");
  if (!conditions) throw samlRefusal("saml_audience");
  const known = (one: Element) => conditionsKnown.some((name) => isElement(one, "assertion", name));
  demand(elementsOf(conditions).every(known), "saml_shape");
  demand(isWithin(conditions, at), "saml_time");
  const restrictions = childrenOf(conditions, "assertion", "AudienceRestriction");
  const namesUs = (restriction: Element) =>
    childrenOf(restriction, "assertion", "Audience").some((audience) => textOf(audience) === own.entityId);
  demand(restrictions.length > 0 && restrictions.every(namesUs), "saml_audience");
}

const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/** @returns until when the confirmation that fits holds */
function checkSubject(assertion: Element, { own, inResponseTo, at }: Expected): number {
  const subject = onlyChild(assertion, "assertion", "Subject");
  const confirmations = subject ? childrenOf(subject, "assertion", "SubjectConfirmation") : [];
  const data = confirmations
    .filter((one) => attributeOf(one, "Method") === bearer)
    .map((one) => onlyChild(one, "assertion", "SubjectConfirmationData"))
    .filter((one) => one !== undefined);
  const forUs = data.filter((one) => attributeOf(one, "Recipient") === own.acs);
  demand(forUs.length > 0, "saml_recipient");
  const answering = forUs.filter((one) => attributeOf(one, "InResponseTo") === inResponseTo);
  demand(answering.length > 0, "saml_request");
  const inTime = answering.filter(
    (one) => attributeOf(one, "NotOnOrAfter") !== undefined && isWithin(one, at),
  );
  const ends = inTime.map((one) => instantOf(one, "NotOnOrAfter")).filter((end) => end !== undefined);
  demand(ends.length > 0, "saml_time");
  return Math.max(...ends);
}
