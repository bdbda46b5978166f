import { describe, expect, test } from "vitest";
import { openSamlConsole } from "#test/saml-console.ts";
import { forgeries, wrappings } from "#test/saml-mischief.ts";
import { emailFormat, persistentFormat, type Said } from "#test/saml-provider.ts";

const { idp, signIn } = openSamlConsole();
const jane = "jane signed in";

describe("wrapped signatures", () => {
  test.each(Object.entries(wrappings))("%s: refused", async (_name, attack) => {
    const evil = { subject: "mallory@example.com" };
    const make = (said: Said) => attack({ idp, said, evil: { ...said, ...evil } });
    expect(await signIn({}, make)).toBe("saml_shape");
    expect(await signIn()).toBe(jane);
  });
});

describe("forgeries", () => {
  test.each(Object.entries(forgeries))("%s: refused", async (_name, { reason, attack }) => {
    const evil = { subject: "mallory@example.com" };
    expect(await signIn({}, (said) => attack({ idp, said, evil: { ...said, ...evil } }))).toBe(reason);
    expect(await signIn()).toBe(jane);
  });
});

describe("what an assertion has to say", () => {
  const minute = 60_000;
  const cases: [string, Partial<Said>, string][] = [
    ["of another provider", { issuer: "https://other.example.com" }, "saml_issuer"],
    ["in a response of another provider", { responseIssuer: "https://other.example.com" }, "saml_issuer"],
    ["for another audience", { audience: "https://elsewhere.example.com" }, "saml_audience"],
    ["for no audience", { audience: undefined }, "saml_audience"],
    ["for another recipient", { recipient: "https://elsewhere.example.com/acs" }, "saml_recipient"],
    ["with another destination", { destination: "https://elsewhere.example.com/acs" }, "saml_recipient"],
    [
      "confirmed in another way",
      { method: "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches" },
      "saml_recipient",
    ],
    ["whose confirmation is over", { subjectNotOnOrAfter: -2 * minute }, "saml_time"],
    ["whose conditions are over", { notOnOrAfter: -2 * minute }, "saml_time"],
    ["that does not hold yet", { notBefore: 2 * minute }, "saml_time"],
    ["of an hour ago", { issued: -60 * minute }, "saml_time"],
    ["of the future", { issued: 3 * minute }, "saml_time"],
    ["for another request", { inResponseTo: "_other", subjectInResponseTo: "_other" }, "saml_request"],
    ["for another request than its response", { subjectInResponseTo: "_other" }, "saml_request"],
    ["for no request in a response to one", { subjectInResponseTo: undefined }, "saml_request"],
    [
      "that nobody asked for",
      { inResponseTo: undefined, subjectInResponseTo: undefined },
      "saml_unsolicited",
    ],
    ["for a request in a response to none", { inResponseTo: undefined }, "saml_unsolicited"],
    [
      "about a name of this session only",
      { format: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient" },
      "saml_name_id",
    ],
    ["about nobody", { subject: " " }, "saml_name_id"],
    [
      "about a name between others",
      { format: persistentFormat, nameIdExtra: ' SPNameQualifier="https://x"' },
      "saml_name_id",
    ],
    ["in a response that says no", { status: "urn:oasis:names:tc:SAML:2.0:status:Responder" }, "saml_status"],
  ];
  test.each(cases)("one %s is refused", async (_name, different, reason) => {
    expect(await signIn(different)).toBe(reason);
    expect(await signIn()).toBe(jane);
  });

  const words: [string, string, string, string][] = [
    ["without a word of how somebody signed in", "saml:AuthnStatement", "saml:Advice", "saml_shape"],
    [
      "whose session is over",
      "SessionIndex=",
      `SessionNotOnOrAfter="2020-01-01T00:00:00Z" SessionIndex=`,
      "saml_time",
    ],
    [
      "whose session ends nobody knows when",
      "SessionIndex=",
      'SessionNotOnOrAfter="soon" SessionIndex=',
      "saml_time",
    ],
    [
      "on a condition that nobody knows",
      "</saml:Conditions>",
      "<saml:Condition/></saml:Conditions>",
      "saml_shape",
    ],
    ["of another version", 'Version="2.0"', 'Version="1.1"', "saml_shape"],
    ["of no instant", "IssueInstant=", "Issued=", "saml_time"],
    ["of an instant in words", /IssueInstant="[^"]+"/.source, 'IssueInstant="now"', "saml_time"],
    ["that begins nobody knows when", /NotBefore="[^"]+"/.source, 'NotBefore="soon"', "saml_time"],
    [
      "confirmed for ever",
      /(Recipient="[^"]+" InResponseTo="[^"]+") NotOnOrAfter="[^"]+"/.source,
      "$1",
      "saml_time",
    ],
    [
      "for two audiences, one of them us, twice over",
      "</saml:Conditions>",
      "<saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction></saml:Conditions>",
      "saml_audience",
    ],
    ["without conditions", "saml:Conditions", "saml:Advice", "saml_audience"],
    [
      "about two people",
      "<saml:SubjectConfirmation ",
      "<saml:NameID>mallory@example.com</saml:NameID><saml:SubjectConfirmation ",
      "saml_name_id",
    ],
    ["of an issuer of another kind", "<saml:Issuer>", '<saml:Issuer Format="urn:x">', "saml_issuer"],
    [
      "with an encrypted name",
      "<saml:SubjectConfirmation ",
      "<saml:EncryptedID/><saml:SubjectConfirmation ",
      "saml_encrypted",
    ],
  ];
  test.each(words)("one %s is refused, though signed", async (_name, from, to, reason) => {
    const reworded = (said: Said) =>
      idp.response(said, idp.sign(idp.assertion(said).replace(new RegExp(from, "g"), to), "Assertion"));
    expect(await signIn({}, reworded)).toBe(reason);
  });

  test("a clock may be off by less than a minute, either way", async () => {
    const late = { subjectNotOnOrAfter: -50_000, notOnOrAfter: -50_000 };
    expect(await signIn(late)).toBe(jane);
    expect(await signIn({ notBefore: 50_000, issued: 50_000 })).toBe(jane);
  });

  test("an address is the same person in whatever case", async () => {
    expect(await signIn({ subject: "Jane@Example.com", format: emailFormat })).toBe(jane);
  });
});
