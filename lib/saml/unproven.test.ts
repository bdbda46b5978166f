import { SAML } from "@node-saml/node-saml";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type SamlProvider, samlSettingsSchema } from "#lib/providers/index.ts";
import { growth, linear } from "#test/growth.ts";
import { encode, SamlIdentityProvider } from "#test/saml-provider.ts";
import { samlAddresses } from "./addresses.ts";
import { judgeResponse } from "./judge-response.ts";

const idp = new SamlIdentityProvider();
const own = samlAddresses("https://console.example.com", "company");
const said = idp.said({ id: "_request", acs: own.acs, issuer: own.entityId });
const provider: SamlProvider = {
  kind: "saml",
  slug: "company",
  label: "Company login",
  enabled: true,
  syncRoles: false,
  rules: [],
  version: 1,
  fixed: {},
  settings: samlSettingsSchema.parse(idp.settings()),
};
const signed = idp.honest(said);
const both = idp.sign(signed, "Response");
const judge = (xml: string) => judgeResponse(provider, own, encode(xml), Date.now());
const reasonOf = (xml: string) =>
  judge(xml).then(
    () => undefined,
    (error: { reason?: string }) => error.reason,
  );

const some = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => one(index)).join("");
const around = (depth: number, opening: (index: number) => string, inner: string) =>
  some(depth, opening) + inner + "</a>".repeat(depth);
/** Where something may be put that leaves the rest as it was. */
const places = {
  assertion: "</saml:Assertion>",
  response: "</samlp:Response>",
  "signed info": "</ds:SignedInfo>",
  reference: "</ds:Reference>",
  transforms: "</ds:Transforms>",
  digest: "</ds:DigestValue>",
  "signature value": "</ds:SignatureValue>",
  status: "</samlp:Status>",
} as const;
/** What is dear to parse, to search or to write down, so many times. */
const paddings: Record<string, (size: number) => string> = {
  elements: (size) => "<a/>".repeat(size),
  pairs: (size) => "<a>b</a>".repeat(size),
  "elements and text": (size) => "<a/>b".repeat(size),
  "namespaces of their own": (size) => some(size, (index) => `<a xmlns:n${index}="u" n${index}:b=""/>`),
  "elements within many namespaces": (size) =>
    around(30, (index) => `<a xmlns:n${index}="u" n${index}:b="">`, "<n1:a/>b".repeat(size)),
  identifiers: (size) => some(size, (index) => `<a ID="i${index}"/>`),
  attributes: (size) => `<a ${some(120, (index) => ` a${index}=""`)}/>`.repeat(size / 20),
  text: (size) => "x".repeat(size * 50),
  references: (size) => "&amp;".repeat(size * 8),
  "line ends": (size) => "\r\n".repeat(size * 20),
  "lists of prefixes": (size) =>
    `<InclusiveNamespaces PrefixList="${"a ".repeat(size * 10)}"/>${'<b c:d=""/>'.repeat(size)}`,
};

afterEach(() => void vi.restoreAllMocks());

/** So little that the library may have it as well, where no signature covers it. */
const light = ["text", "references", "line ends"];
const { response: _1, status: _2, "signature value": _3, ...signedPlaces } = places;

describe.each(Object.entries(paddings))("%s that no provider signed", (name, pad) => {
  const padded = light.includes(name) ? signedPlaces : places;

  test.each(Object.entries(padded))("never reach the library: %s", async (_place, end) => {
    const library = vi.spyOn(SAML.prototype, "validatePostResponseAsync");
    for (const xml of [signed, both]) {
      expect(xml).toContain(end);
      expect(await reasonOf(xml.replace(end, (found) => pad(1000) + found))).toMatch(/^saml_/);
    }
    expect(library).not.toHaveBeenCalled();
  });

  test("cost no more than what they are", async () => {
    const make = (size: number) => signed.replace(places.assertion, (found) => pad(size) + found);
    expect(await growth(make, reasonOf, 500)).toBeLessThanOrEqual(linear);
  }, 60_000);
});

test("what one of several certificates proves is tried with that one only", async () => {
  const others = [new SamlIdentityProvider(), new SamlIdentityProvider()].map(
    ({ signer }) => signer.certificate,
  );
  const certificates = [...others, idp.signer.certificate];
  const settings = { ...provider.settings, certificates };
  const judged = await judgeResponse({ ...provider, settings }, own, encode(both), Date.now());
  expect(judged.vouched.subject).toBe(said.subject);
});
