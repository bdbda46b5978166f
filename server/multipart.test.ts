import { Readable } from "node:stream";
import { afterEach, describe, expect, test, vi } from "vitest";
import { BodyTooLarge } from "./body-limit.ts";
import { countParts } from "./multipart.ts";
import { pageBody } from "./page-body.ts";

const part = (name: string, value = "", more = "") =>
  `--b-1\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
const count = (text: string, type = "multipart/form-data; boundary=b-1", most = 2_000) =>
  countParts(Buffer.from(text), type, most);
const two = `${part("a", "1")}${part("b")}--b-1--\r\n`;

describe("the fields of a form in parts are counted", () => {
  test.each([
    "multipart/form-data; boundary=b-1",
    'Multipart/Form-Data;boundary="b-1"',
    "multipart/form-data ; boundary=b-1 ",
  ])("%s", (type) => expect(count(two, type)).toBe(2));

  test("as browsers and Node send them", async () => {
    const form = new FormData();
    for (let number = 0; number < 300; number += 1) form.append("ä".repeat(128), "--\r\n--b");
    const sent = new Response(form);
    const type = sent.headers.get("content-type") ?? "";
    expect(countParts(Buffer.from(await sent.arrayBuffer()), type, 2_000)).toBe(300);
    expect(
      count(
        two.replaceAll("b-1", "----WebKitFormBoundaryA1"),
        `multipart/form-data; boundary=----WebKitFormBoundaryA1`,
      ),
    ).toBe(2);
  });

  test("no further than they may come to, and never fewer than the parser finds", async () => {
    expect(count(`${part("a").repeat(100)}--b-1--`, undefined, 10)).toBe(11);
    for (const text of [
      two,
      `${part("b-1", "x")}${part("b-1b-1b-1")}--b-1--`,
      `${part("a").repeat(40)}--b-1--\r\n\r\n`,
    ]) {
      const headers = { "content-type": "multipart/form-data; boundary=b-1" };
      const form = await new Response(text, { headers }).formData();
      expect(count(text)).toBeGreaterThanOrEqual([...form].length);
    }
  });
});

test.each([
  ["multipart/form-data", two],
  ["multipart/form-data; boundary=", two],
  ['multipart/form-data; boundary=""', two],
  ['multipart/form-data; boundary="b-1', two],
  ["multipart/form-data; boundary=b-1; boundary=x", two],
  [`multipart/form-data; boundary=${"b".repeat(71)}`, two.replaceAll("b-1", "b".repeat(71))],
  ["multipart/mixed; boundary=b-1", two],
  ["multipart/form-data; boundary=x", two],
  ["multipart/form-data; boundary=b-1", `\r\n${two}`],
  ["multipart/form-data; boundary=b-1", ""],
  ["multipart/form-data; boundary=b-1", `${part("n".repeat(257))}--b-1--`],
  [
    "multipart/form-data; boundary=b-1",
    `${part("a")}${part("a", "", `; filename="${"n".repeat(256)}"`)}--b-1--`,
  ],
  ["multipart/form-data; boundary=b-1", `--b-1\r\n${"a:b\r\n".repeat(100)}${part("a").slice(7)}--b-1--`],
])("is none: %s %#", (type, text) => expect(count(text, type)).toBeUndefined());

describe("a page's form", () => {
  afterEach(() => vi.restoreAllMocks());
  const send = (text: string, live: boolean) => {
    const headers = { "content-type": "multipart/form-data; boundary=b-1", "next-action": "0".repeat(42) };
    const request = Object.assign(Readable.from([Buffer.from(text)]), { headers });
    return pageBody(request as never, "/", async () => live);
  };
  const call = (fields: number) => `${part("0", '["$K1"]')}${part("_1_a").repeat(fields)}--b-1--\r\n`;

  test.each([
    [63, 64, false],
    [1_999, 2_000, true],
  ])("with %i fields is read, and one with %i is refused before it is parsed", async (fits, over, live) => {
    expect(await send(call(fits), live)).toBeDefined();
    const parse = vi.spyOn(Response.prototype, "formData");
    await expect(send(call(over), live)).rejects.toThrow(BodyTooLarge);
    const files = part("", "", '; filename=""').repeat(live ? 14_000 : 400);
    await expect(send(`${files}--b-1--`, live)).rejects.toThrow(BodyTooLarge);
    expect(await send(`${part("n".repeat(440))}--b-1--`, live)).toBeUndefined();
    expect(parse).not.toHaveBeenCalled();
  });
});
