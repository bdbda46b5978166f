import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "#lib/kernel/errors.ts";
import { type SamlProvider, samlSettingsSchema } from "#lib/providers/index.ts";
import {
  emailFormat,
  encode,
  persistentFormat,
  type Said,
  SamlIdentityProvider,
} from "#test/saml-provider.ts";
import { samlAddresses } from "./addresses.ts";
import { judgeResponse } from "./judge-response.ts";

const idp = new SamlIdentityProvider();
const own = samlAddresses("https://console.example.com", "company");
const asked = { id: "_request", acs: own.acs, issuer: own.entityId };

const provider = (settings: object = {}): SamlProvider => ({
  kind: "saml",
  slug: "company",
  label: "Company login",
  enabled: true,
  syncRoles: false,
  rules: [],
  version: 1,
  fixed: {},
  settings: samlSettingsSchema.parse(idp.settings(settings)),
});

const said = (different: Partial<Said> = {}) => idp.said(asked, different);
const judge = (xml: string, settings?: object) =>
  judgeResponse(provider(settings), own, encode(xml), Date.now());
const vouched = async (different: Partial<Said>, settings?: object) =>
  (await judge(idp.honest(said(different)), settings)).vouched;

/** What is believed of a response, or why none of it is; anything else that is thrown fails the test. */
async function believed(sent: string): Promise<object | string> {
  try {
    const { vouched, id } = await judgeResponse(provider(), own, sent, Date.now());
    return { vouched, id };
  } catch (error) {
    if (error instanceof AppError) return error.reason;
    throw error;
  }
}

describe("whatever becomes of the bytes on the way", () => {
  const attributes = { groups: ["staff", "readers"], mail: ["jane@example.com"] };
  const xml = idp.honest(said({ attributes }));
  const bytes = Buffer.from(xml, "utf8");

  test("the honest response is believed", async () => {
    expect(await believed(encode(xml))).toMatchObject({ vouched: { subject: "jane@example.com" } });
  });

  test("changed in a few places it says the same or nothing, and breaks nothing", async () => {
    const honest = await believed(encode(xml));
    const place = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 4 }), async (places) => {
        const changed = Buffer.from(bytes);
        for (const [at, mask] of places) changed[at] = (changed[at] ?? 0) ^ mask;
        const outcome = await believed(changed.toString("base64"));
        if (typeof outcome === "string") refusals += 1;
        else expect(outcome).toEqual(honest);
      }),
      { numRuns: 600 },
    );
    expect(refusals).toBeGreaterThan(400);
  });

  test("cut, doubled or moved in pieces likewise", async () => {
    const honest = await believed(encode(xml));
    const piece = fc.tuple(fc.nat(xml.length), fc.nat(400), fc.nat(xml.length));
    await fc.assert(
      fc.asyncProperty(piece, fc.boolean(), async ([from, length, to], keep) => {
        const taken = xml.slice(from, from + length);
        const rest = keep ? xml : xml.slice(0, from) + xml.slice(from + length);
        const outcome = await believed(encode(rest.slice(0, to) + taken + rest.slice(to)));
        if (typeof outcome !== "string") expect(outcome).toEqual(honest);
      }),
      { numRuns: 400 },
    );
  });

  test("base64 that is written carelessly is not guessed at", async () => {
    for (const sent of [`${encode(xml)}====`, ` ${encode(xml)}`, encode(xml).replaceAll("+", "-"), ""])
      if (sent !== encode(xml)) expect(await believed(sent)).toBe("saml_unreadable");
    expect(await believed(encode(xml).replace(/.{76}/g, "$&\r\n"))).toMatchObject({ vouched: {} });
  });

  test("no text that is sent instead breaks anything", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: "binary" })),
        async (text) => {
          expect(await believed(text)).toBe("saml_unreadable");
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("who it is about", () => {
  test("a persistent name is taken as it is, an address in lower case, both whole", async () => {
    const name = "a7Fz!&<é> \u212a";
    expect((await vouched({ subject: name, format: persistentFormat })).subject).toBe(name.trim());
    const address = await vouched({ subject: "Jane@Example.COM", format: emailFormat });
    expect([address.subject, address.email]).toEqual(["jane@example.com", "jane@example.com"]);
  });

  test("look-alikes of letters stay other letters", async () => {
    expect((await vouched({ subject: "\u212aate@example.com" })).subject).toBe("\u212aate@example.com");
  });

  test("nothing says that an address is verified", async () => {
    const attributes = { email_verified: ["true"], mail: ["jane@example.com"] };
    expect(await vouched({ attributes })).toMatchObject({ email: "jane@example.com", emailVerified: false });
  });

  test("profile under the usual names, in any case, or under those that the settings name", async () => {
    const claim = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
    const entra = {
      [`${claim}/emailaddress`]: ["jane@entra.example"],
      [`${claim}/givenname`]: ["Jane"],
      [`${claim}/surname`]: ["Doe"],
      [`${claim}/name`]: ["jane.doe"],
      FIRSTNAME: ["Other"],
    };
    const names = { email: "jane@entra.example", givenName: "Jane", familyName: "Doe", username: "jane.doe" };
    expect(await vouched({ attributes: entra })).toMatchObject(names);
    const chosen = { givenNameAttribute: "firstName", emailAttribute: "workMail" };
    const other = await vouched({ attributes: entra }, chosen);
    // A name that the settings give is the only one that counts.
    expect([other.givenName, other.email]).toEqual(["Other", "jane@example.com"]);
  });
});

describe("claims for the rules", () => {
  test("by name and by friendly name; several values are a list, none is an empty one", async () => {
    const attributes = { "urn:oid:1": ["a", "b"], "urn:oid:2": [], "urn:oid:3": [" c "], "urn:oid:4": [""] };
    const { claims } = await vouched({
      attributes,
      friendly: { "urn:oid:1": "groups", "urn:oid:3": "urn:oid:2" },
    });
    expect(claims).toEqual({
      "urn:oid:1": ["a", "b"],
      groups: ["a", "b"],
      "urn:oid:2": [],
      "urn:oid:3": "c",
      "urn:oid:4": [],
    });
  });

  test("names that mean something to JavaScript are names like others", async () => {
    const { claims } = await vouched({
      attributes: { __proto__x: ["1"], constructor: ["2"], ["__proto__"]: ["3"] },
    });
    expect(Object.entries(claims).sort()).toEqual([
      ["__proto__", "3"],
      ["__proto__x", "1"],
      ["constructor", "2"],
    ]);
  });

  test("a link instead of groups is not read as none", async () => {
    const attributes = { "http://schemas.microsoft.com/claims/groups.link": ["https://graph.example.com"] };
    expect((await vouched({ attributes })).unread).toBe("overage");
    expect((await vouched({})).unread).toBeUndefined();
  });

  test("a thousand groups are read", async () => {
    const groups = Array.from({ length: 1000 }, (_, at) => `group-${at}`);
    expect((await vouched({ attributes: { groups } })).claims.groups).toEqual(groups);
  });
});
