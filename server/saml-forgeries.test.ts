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

  test("a clock may be off by less than a minute, either way", async () => {
    const late = { subjectNotOnOrAfter: -50_000, notOnOrAfter: -50_000 };
    expect(await signIn(late)).toBe(jane);
    expect(await signIn({ notBefore: 50_000, issued: 50_000 })).toBe(jane);
  });

  test("an address is the same person in whatever case", async () => {
    expect(await signIn({ subject: "Jane@Example.com", format: emailFormat })).toBe(jane);
  });
});
