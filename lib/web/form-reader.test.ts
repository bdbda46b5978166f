import { expect, test } from "vitest";
import { z } from "zod";
import { signUpSchema } from "#lib/sign-up/schema.ts";
import { formReader } from "./form-reader.ts";
import { formValues } from "./form-values.ts";

function form(...entries: [string, string | Blob][]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

const readForm = (of: z.ZodObject, sent: FormData) => formReader(of, sent)();

const schema = z.object({
  name: z.string(),
  note: z.string().trim().default(""),
  size: z.coerce.number().optional(),
  roles: z.array(z.string()).min(1),
  more: z.array(z.string()).max(3).default([]),
  active: z.boolean(),
});

test("text, lists and boxes, with or without defaults", () => {
  const sent = form(
    ["name", "Jane"],
    ["roles", "a"],
    ["roles", "b"],
    ["more", "c"],
    ["active", "on"],
    ["size", "25"],
  );
  const read = { name: "Jane", note: undefined, size: "25", roles: ["a", "b"], more: ["c"], active: true };
  expect(readForm(schema, sent)).toEqual(read);
  expect(readForm(schema, form(["roles", "only"]))).toMatchObject({
    roles: ["only"],
    more: [],
    active: false,
  });
});

test("P28: what the schema does not name is never looked at", () => {
  const sent = form(
    ["username", "eve"],
    ["role", "superadmin"],
    ["roles", "superadmin"],
    ["id", "1"],
    ["active", "on"],
  );
  sent.append("__proto__", "polluted");
  sent.append("constructor", "polluted");
  const read = readForm(signUpSchema, sent);
  expect(Object.keys(read).sort()).toEqual([
    "email",
    "familyName",
    "givenName",
    "password",
    "token",
    "username",
  ]);
  expect(read.username).toBe("eve");
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
});

test("a scalar sent twice, or as a file, is refused by its schema", () => {
  const valid: [string, string][] = [["roles", "a"]];
  expect(schema.safeParse(readForm(schema, form(...valid, ["name", "Jane"]))).success).toBe(true);
  const twice = schema.safeParse(readForm(schema, form(...valid, ["name", "Jane"], ["name", "John"])));
  expect(twice.error?.issues.map(({ path }) => path)).toEqual([["name"]]);
  const file = schema.safeParse(readForm(schema, form(...valid, ["name", new Blob(["Jane"])])));
  expect(file.error?.issues.map(({ path }) => path)).toEqual([["name"]]);
  const listed = schema.safeParse(readForm(schema, form(["name", "Jane"], ["roles", new Blob(["a"])])));
  expect(listed.error?.issues.map(({ path }) => path)).toEqual([["roles", 0]]);
});

test.each(["yes", "1", "TRUE", ""])("a box is ticked by on or true only, not by %j", (value) => {
  expect(readForm(schema, form(["active", value]))).toMatchObject({ active: false });
});

test("what was typed is shown again; secrets and the framework's own fields are not", () => {
  const sent = form(
    ["username", "eve"],
    ["roles", "a"],
    ["roles", "b"],
    ["password", "hidden"],
    ["newPassword", "hidden"],
    ["token", "hidden"],
    ["$ACTION_ID_1", "hidden"],
    ["avatar", new Blob(["hidden"])],
  );
  expect(formValues(sent)).toEqual({ username: "eve", roles: ["a", "b"], avatar: [] });
});

test("a form that names __proto__ changes the shape of nothing", () => {
  const values = formValues(form(["__proto__", "a"], ["__proto__", "b"], ["username", "eve"]));
  expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  expect(values.username).toBe("eve");
});

test("rows and what belongs together are read by their whole names, in the order of their numbers", () => {
  const hours = z.object({ days: z.array(z.coerce.number()), from: z.string() });
  const row = z.object({ role: z.string(), hours: hours.optional(), loud: z.boolean() });
  const rows = z.object({ rows: z.array(row).max(5) });
  const sent = form(
    ["rows.10.role", "b"],
    ["rows.2.role", "a"],
    ["rows.2.hours.days", "1"],
    ["rows.2.hours.days", "3"],
    ["rows.2.hours.from", "08:00"],
    ["rows.2.loud", "on"],
    ["rows.2.admin", "true"],
    ["rows.x.role", "c"],
    ["rows.99999.role", "d"],
    ["rows.__proto__.role", "e"],
  );
  expect(readForm(rows, sent)).toEqual({
    rows: [
      { role: "a", hours: { days: ["1", "3"], from: "08:00" }, loud: true },
      { role: "b", hours: undefined, loud: false },
    ],
  });
  expect(readForm(rows, form())).toEqual({ rows: [] });
});

test("of a list no more is kept than shows that it is too long, and of a form no more than its fields", () => {
  const rows = z.object({
    rows: z.array(z.object({ role: z.string() })).max(5),
    names: z.array(z.string()).max(3),
  });
  const many = Array.from({ length: 900 }, (_, number): [string, string] => [`rows.${number}.role`, "a"]);
  const sent = form(...many, ...many.map((): [string, string] => ["names", "b"]));
  const read = readForm(rows, sent);
  expect([(read.rows as unknown[]).length, (read.names as unknown[]).length]).toEqual([6, 4]);
  expect(rows.safeParse(read).error?.issues.map(({ code }) => code)).toEqual(["too_big", "too_big"]);
  expect(() => readForm(rows, form(...many, ...many, ...many))).toThrow(
    expect.objectContaining({ code: "invalid", reason: "too_many_fields" }),
  );
});
