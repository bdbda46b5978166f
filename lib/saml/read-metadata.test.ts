import { describe, expect, test } from "vitest";
import { AppError } from "#lib/kernel/errors.ts";
import { SamlIdentityProvider } from "#test/saml-provider.ts";
import { newCurveSigner, newSigner } from "#test/self-signed-certificate.ts";
import { samlAddresses } from "./addresses.ts";
import { ownMetadata } from "./own-metadata.ts";
import { readMetadata } from "./read-metadata.ts";

const idp = new SamlIdentityProvider();
const honest = idp.metadata();
const read = (text: string) => readMetadata(text, new Date());

function problem(text: string): string {
  try {
    return JSON.stringify(read(text));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.fields.metadata).toEqual([error.message]);
    return error.message;
  }
}

const bare = (certificate: string) => certificate.replace(/-----[A-Z ]+-----|\s/g, "");
const withCertificate = (certificate: string) =>
  honest.replace(bare(idp.signer.certificate), bare(certificate));
const key = /<md:KeyDescriptor.*?<\/md:KeyDescriptor>/s.exec(honest)?.[0] ?? "";
const entity = honest.slice(honest.indexOf("<md:EntityDescriptor"));
const federation = (inner: string) =>
  `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${inner}</md:EntitiesDescriptor>`;

describe("what is read", () => {
  test("entity, address for redirects and certificate, with comments and spaces around", () => {
    const { entityId, ssoUrl, certificates } = read(`\n  ${honest}\n`);
    expect({ entityId, ssoUrl }).toEqual({ entityId: idp.entityId, ssoUrl: idp.ssoUrl });
    expect(certificates.map(bare)).toEqual([bare(idp.signer.certificate)]);
  });

  test("both certificates while the provider changes keys, each once, and none for encryption", () => {
    const next = key.replace(bare(idp.signer.certificate), bare(newSigner().certificate));
    const forEncryption = next.replace('use="signing"', 'use="encryption"');
    const several = honest.replace(key, key + key + next + forEncryption);
    expect(read(several).certificates).toHaveLength(2);
    expect(read(honest.replace(' use="signing"', "")).certificates).toHaveLength(1);
  });

  test("the one identity provider of a federation's file", () => {
    const application = ownMetadata("https://console.example.com", "company").replace(/<\?xml.*?\?>/, "");
    expect(read(federation(application + entity)).entityId).toBe(idp.entityId);
  });
});

describe("what is refused, in words that help", () => {
  const cases: [string, string, RegExp][] = [
    ["something else", "hello", /no XML/],
    ["a web page", "<html><body/></html>", /first element has to be EntityDescriptor/],
    ["a document type", honest.replace("<md:Ent", "<!DOCTYPE x><md:Ent"), /without a DOCTYPE/],
    [
      "our own",
      ownMetadata("https://console.example.com", "company"),
      /not the metadata of an identity provider/,
    ],
    ["one of SAML 1.1", honest.replace(":SAML:2.0:protocol", ":SAML:1.1:protocol"), /speaks SAML 2.0/],
    ["no entity ID", honest.replace(/ entityID="[^"]+"/, ""), /entityID is missing/],
    [
      "one that is over",
      honest.replace("entityID", 'validUntil="2020-01-01T00:00:00Z" entityID'),
      /good until 2020/,
    ],
    ["no redirect", honest.replaceAll("HTTP-Redirect", "SOAP"), /HTTP-Redirect/],
    [
      "an address of no web page",
      honest.replaceAll("https://idp.example.com/sso", "javascript:x"),
      /no web address/,
    ],
    ["no certificate", honest.replace(key, ""), /no certificate/],
    ["a broken certificate", withCertificate("AAAA"), /This is no certificate/],
    ["a short key", withCertificate(newSigner("short", { bits: 1024 }).certificate), /shorter than 2048/],
    ["a key on a curve", withCertificate(newCurveSigner().certificate), /RSA key/],
    ["two providers", federation(entity + entity.replace(idp.entityId, "https://b")), /2 identity providers/],
    ["a federation of nobody", federation(""), /no identity provider/],
  ];
  test.each(cases)("%s", (_name, text, words) => {
    expect(problem(text)).toMatch(words);
  });
});

test("our own metadata says what providers ask for, and can be read by one", () => {
  const origin = "https://console.example.com";
  const { entityId, acs } = samlAddresses(origin, "company");
  const text = ownMetadata(origin, "company");
  expect(text).toContain(`entityID="${entityId}"`);
  expect(text).toContain(`Location="${acs}"`);
  expect(text).toContain('WantAssertionsSigned="true"');
  expect(text).toContain('AuthnRequestsSigned="false"');
});
