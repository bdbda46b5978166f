import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { decodeCursor } from "#lib/kernel/cursor.ts";
import { readJson } from "#lib/kernel/read-json.ts";
import { readCertificate } from "#lib/saml/certificate.ts";
import { decodeResponse } from "#lib/saml/decode-response.ts";
import { readMetadata } from "#lib/saml/read-metadata.ts";
import { readXml } from "#lib/saml/read-xml.ts";
import { withoutAsides } from "#lib/saml/without-asides.ts";
import { groupFilter, userFilter } from "#lib/scim/filter.ts";
import { userResourceSchema } from "#lib/scim/input.ts";
import { type PatchOperation, patched } from "#lib/scim/patch.ts";
import { parsePath } from "#lib/scim/patch-path.ts";
import { signedChallenge } from "#lib/second-factor/signed-challenge.ts";
import { deviceWords } from "#lib/sessions/device-words.ts";
import { formReader } from "#lib/web/form-reader.ts";
import { formValues } from "#lib/web/form-values.ts";
import { returnPath } from "#lib/web/return-path.ts";
import { actionCall } from "#server/action-call.ts";
import { clientReader } from "#server/client-address.ts";
import { readCookie } from "#server/cookies.ts";
import { countParts } from "#server/multipart.ts";
import { pageBody } from "#server/page-body.ts";
import { readTarget } from "#server/request-target.ts";
import { urlEncoded } from "#server/url-encoded.ts";
import { growth, linear } from "./growth.ts";
import { root } from "./installation.ts";
import { depthOf, filters, metadata, nested, operations, some, times, within, xml } from "./worst-inputs.ts";

const quietly = (run: () => unknown) => {
  try {
    run();
  } catch {
    // Refused is read as well.
  }
};
const headers = (name: string, text: string) => (size: number) =>
  ({ headers: { [name]: text.repeat(size) } }) as never;

function form(name: (number: number) => string) {
  return (size: number) => {
    const sent = new FormData();
    for (let number = 0; number < size; number += 1) sent.append(name(number), "a");
    return sent;
  };
}
const row = z.object({ role: z.string(), more: z.array(z.string()), hours: z.object({ from: z.string() }) });
const schema = z.object({ name: z.string(), rows: z.array(row), flat: z.array(z.string()) });
const fields = (sent: FormData) => quietly(formReader(schema, sent));

/** A body as it comes, with a session that lives. */
const body = (type: string, path: string, text: (size: number) => string) =>
  [
    (size: number) => text(size),
    (sent: string) => {
      const request = Object.assign(Readable.from([Buffer.from(sent)]), {
        headers: { "content-type": type },
      });
      return pageBody(request as never, path, async () => true).catch(() => undefined);
    },
  ] as const;
const part = '--x\r\nContent-Disposition: form-data; name="_1_a"\r\n\r\n\r\n';
const trusting = clientReader(["loopback", "10.0.0.0/8"]);
const asClient = (entry: string) => (size: number) =>
  ({
    headers: { "x-forwarded-for": `${entry.repeat(size)}10.0.0.1`, "x-forwarded-host": entry.repeat(size) },
    socket: { remoteAddress: "127.0.0.1" },
  }) as never;

/** Every reader of what others send, with the input that is worst for it. */
const readers: Record<string, readonly [make: (size: number) => never, read: (input: never) => unknown][]> = {
  "lib/web/form-reader.ts": [
    [form((number) => `rows.${number}.role`), fields],
    [form((number) => `other${number}`), fields],
    [form(() => "flat"), fields],
    [(size: number) => form(() => "rows.0".concat(".a".repeat(size)))(2), fields],
  ] as never,
  "lib/web/form-values.ts": [
    [form((number) => `rows.${number}.role`), formValues],
    [form(() => "name"), formValues],
    [(size: number) => form(() => "passwor".repeat(size))(2), formValues],
  ] as never,
  "server/url-encoded.ts": ["&a", "&", "a=b&", "%41", "+"].map((text) => [
    (size: number) => text.repeat(size * 20),
    (sent: string) => urlEncoded(sent, 64),
  ]) as never,
  "server/multipart.ts": [part, `--x\r\n${"a: b\r\n".repeat(20)}\r\n\r\n`, "--x", "x", "\r\n--", "a"].map(
    (text) => [
      (size: number) => Buffer.from(`--x\r\n\r\n\r\n${text.repeat(size * 20)}--x--`),
      (sent: Buffer) => countParts(sent, "multipart/form-data; boundary=x", 2_000),
    ],
  ) as never,
  "server/page-body.ts": [
    body("multipart/form-data; boundary=x", "/", (size) => `${part.repeat(size)}--x--`),
    body("multipart/form-data; boundary=x", "/", (size) => `--x\r\n${"a: b\r\n".repeat(size)}`),
    body("application/x-www-form-urlencoded", "/api/auth/signin", times("a=%zz&")),
    body("application/x-www-form-urlencoded", "/api/auth/signin", (size) => "&a".repeat(size * 20)),
    body("application/json", "/api/auth/signin", times('{"a":')),
    body("application/json", "/api/auth/signin", (size) => `{${'"a":"b",'.repeat(size)}"c":1}`),
  ] as never,
  "server/action-call.ts": [
    [
      (size: number) => {
        const sent = new FormData();
        sent.append("0", "[".repeat(size));
        return sent;
      },
      (sent: FormData) => actionCall("0".repeat(42), sent),
    ],
    [form((number) => `$ACTION_REF_${number}`), (sent: FormData) => actionCall(undefined, sent)],
    [form((number) => `$ACTION_ID_${number}`), (sent: FormData) => actionCall(undefined, sent)],
  ] as never,
  "server/cookies.ts": ["a=b; ", ";", "name", "name=name=", " "].map((text) => [
    headers("cookie", text),
    (request: never) => readCookie(request, "name"),
  ]) as never,
  "server/client-address.ts": ["10.0.0.1, ", ",", "[", "]:1", "::ffff:", " "].map((entry) => [
    asClient(entry),
    trusting,
  ]) as never,
  "server/request-target.ts": [
    [times("/a"), readTarget],
    [times("/%41"), readTarget],
  ] as never,
  "lib/kernel/cursor.ts": [
    times("["),
    (size: number) => within(size, "[", "]"),
    times('"a",'),
    times('{"a":'),
  ].map((make) => [(size: number) => Buffer.from(make(size)).toString("base64url"), decodeCursor]) as never,
  "lib/kernel/read-json.ts": [
    times("{},"),
    times('"'),
    times('\\"'),
    times(" "),
    times("["),
    times('{"a":'),
    (size: number) => `"${'\\"'.repeat(size * 20)}"`,
    (size: number) => `[${'"",'.repeat(size)}""]`,
    (size: number) => within(size, "[", "]"),
    (size: number) => `{${some(size, (index) => `"a${index % 250}":{"b${index % 250}":1},`)}"c":1}`,
  ].map((make) => [
    make,
    (sent: string) => quietly(() => readJson(sent, { values: 1_000_000, depth: 1_000_000 })),
  ]) as never,
  "lib/web/return-path.ts": [
    [times("/a"), returnPath],
    [times("/../"), returnPath],
  ] as never,
  "lib/sessions/device-words.ts": ["Mozilla/5.0 (", "Chrome/", "Windows ", "Version/1 ", "(;"].map((text) => [
    times(text),
    deviceWords,
  ]) as never,
  "lib/saml/without-asides.ts": ["<?a", "<!--", "<", "<!---->", "<?xml ", "<?a?>", "<!-- --"].map((text) => [
    times(text),
    withoutAsides,
  ]) as never,
  "lib/saml/read-xml.ts": xml.map((make) => [
    make,
    (sent: string) => [readXml(sent), readXml(sent, { lenient: true })],
  ]) as never,
  "lib/saml/read-metadata.ts": [
    ...xml.slice(0, 12),
    (size: number) =>
      `<EntitiesDescriptor xmlns="${metadata}">${"<EntityDescriptor/>".repeat(size)}</EntitiesDescriptor>`,
    (size: number) =>
      `<EntityDescriptor xmlns="${metadata}">${"<IDPSSODescriptor/>".repeat(size)}</EntityDescriptor>`,
    (size: number) =>
      within(Math.min(size, 30), `<EntitiesDescriptor xmlns="${metadata}">`, "</EntitiesDescriptor>"),
  ].map((make) => [make, (sent: string) => quietly(() => readMetadata(sent, new Date()))]) as never,
  "lib/saml/decode-response.ts": [
    times("PGE+"),
    times("\r\n"),
    times("===="),
    ...xml.slice(11, 16).map((make) => (size: number) => Buffer.from(make(size)).toString("base64")),
  ].map((make) => [make, (sent: string) => quietly(() => decodeResponse(sent))]) as never,
  "lib/saml/certificate.ts": ["-----BEGIN CERTIFICATE-----", "\n", "MIIB", " "].map((text) => [
    times(text),
    (sent: string) => quietly(() => readCertificate(sent)),
  ]) as never,
  "lib/scim/filter.ts": filters.map((make) => [
    make,
    (sent: string) => [quietly(() => userFilter(sent)), quietly(() => groupFilter(sent))],
  ]) as never,
  "lib/scim/patch-path.ts": filters.map((make) => [
    make,
    (sent: string) => quietly(() => parsePath(sent)),
  ]) as never,
  "lib/scim/input.ts": [
    (size: number) => ({ a: JSON.parse(within(size, "[", "]")) }),
    (size: number) => Object.fromEntries(Array.from({ length: size / 5 }, (_, index) => [`a${index}`, []])),
    (size: number) => ({ a: Array.from({ length: size }, () => ({ b: [1, 2] })) }),
    (size: number) => ({ a: "\ud800".repeat(size * 20) }),
    (size: number) => ({ a: Array.from({ length: size }, () => Array.from({ length: 500 }, () => 1)) }),
  ].map((make) => [make, (sent: unknown) => userResourceSchema.safeParse(sent)]) as never,
  "lib/scim/patch.ts": [
    (size: number) =>
      operations(4, () => ({
        op: "remove",
        path: `x[${within(size, "(", ")").replace("()", "(a pr)")}]`,
      })),
    (size: number) => operations(size, () => ({ op: "remove", path: "x", value: "q" }), nested(100)),
    (size: number) =>
      operations(size, () => ({ op: "remove", path: "x[a.b.c eq 1 or a.b.c eq 2].z" }), nested(100)),
    (size: number) =>
      operations(size, (index) => ({ op: "add", path: `x.y${index}`, value: "1" }), nested(10)),
    (size: number) => operations(size, () => ({ op: "remove", path: "x", value: "q" }), nested(size)),
    (size: number) => operations(size, () => ({ op: "remove", path: "x[a.b.c eq 1].z" }), nested(size)),
    (size: number) => operations(1, () => ({ op: "remove", path: "x[a.b.c eq 1].z" }), nested(size * 4)),
    (size: number) =>
      operations(size, (index) => ({ op: "add", value: { [`n${index}`.padEnd(900, "x")]: 1 } })),
    (size: number) => operations(size, (index) => ({ op: "add", path: "x", value: { [`n${index}`]: 1 } })),
    (size: number) => operations(size, (index) => ({ op: "add", path: "x", value: [{ value: `${index}` }] })),
  ].map((make) => [make, (sent: PatchOperation[]) => quietly(() => patched({}, sent))]) as never,
  "lib/second-factor/signed-challenge.ts": [times("["), times('{"a":'), times('"')].map((make) => [
    (size: number) => Buffer.from(make(size)).toString("base64url"),
    signedChallenge,
  ]) as never,
};

describe.each(Object.entries(readers))("%s", (_, examples) => {
  test.each(examples.map(([make, read], number) => ({ number, make, read })))(
    "grows no faster than what it reads: $number",
    async ({ make, read }) => {
      expect(await growth(make, read, 500)).toBeLessThanOrEqual(linear);
    },
    120_000,
  );
});

/** What these read has no parts within parts. */
const flat = [
  "lib/saml/certificate.ts",
  "lib/web/form-values.ts",
  "lib/web/return-path.ts",
  "server/cookies.ts",
  "server/multipart.ts",
  "server/request-target.ts",
  "server/url-encoded.ts",
];

test("each of them has an input that nests as deep as it is long", () => {
  const shallow = Object.entries(readers).filter(
    ([, examples]) => !examples.some(([make]) => depthOf(make(200)) >= 200),
  );
  expect(shallow.map(([file]) => file).sort()).toEqual(flat);
});

/** Files that parse what is ours: sealed or stored by us, or made here from what was read already. */
const own: Record<string, string> = {
  "lib/kernel/audit-content.ts": "a copy of our own value",
  "lib/oidc/exchange-code.ts": "the parameters of an address, which has at most 8,192 characters",
  "lib/saml/one-time.ts": "a copy of our own value",
  "lib/sign-up/sign-up-link.ts": "sealed by us",
  "lib/sso/sealed-vouched.ts": "sealed by us",
  "lib/sso/test-runs.ts": "a copy of our own value",
  "lib/sso/test-sign-in.ts": "the query of an address",
  "lib/sso/try-code.ts": "the query of an address",
  "lib/web/journey.ts": "sealed by us",
  "lib/web/page-href.ts": "written, not read",
  "lib/web/signed-out.ts": "sealed by us",
  "server/sent-form.ts": "a form that server/page-body.ts has written anew",
  "lib/second-factor/schema.ts": "JSON.parse of at most 60,000 characters, in a file that ships to browsers",
  "server/data-lock.ts": "a file of ours",
  "server/listener.ts": "the query of an address",
  "server/postgres/binaries.ts": "a file of ours",
};

test("whatever parses is a reader whose growth is measured, or has a reason", () => {
  const listed = execFileSync("git", ["ls-files", "lib", "server", "app"], { cwd: root, encoding: "utf8" });
  const files = listed.split("\n").filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$/.test(file));
  const parsing = files.filter((file) => {
    const text = readFileSync(`${root}/${file}`, "utf8");
    return (
      !/^"use client"/.test(text) &&
      /JSON\.parse\(|new DOMParser\(|\.formData\(|new URLSearchParams\((?!\{|\))|\bof form\)|\bof sent\)/.test(
        text,
      )
    );
  });
  const known = new Set([...Object.keys(readers), ...Object.keys(own)]);
  expect(parsing.filter((file) => !known.has(file))).toEqual([]);
  expect(Object.keys(own).filter((file) => !files.includes(file))).toEqual([]);
});
