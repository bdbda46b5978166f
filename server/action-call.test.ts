import { expect, test } from "vitest";
import { actionCall } from "./action-call.ts";

const id = "0".repeat(42);
const state = '{"status":"error","message":"$Q7","values":{"name":"Jane"}}';

function form(entries: [string, string][]): FormData {
  const sent = new FormData();
  for (const [name, value] of entries) sent.append(name, value);
  return sent;
}
const made = (named: string | undefined, ...entries: [string, string][]) => {
  const call = actionCall(named, form(entries));
  return call && [...call];
};

test("a script's call keeps the form and its order, and none of the state", () => {
  expect(
    made(id, ["_1_name", "Jane"], ["_1_roles", "a"], ["_1_roles", "b"], ["0", `[${state},"$K1"]`]),
  ).toEqual([
    ["_1_name", "Jane"],
    ["_1_roles", "a"],
    ["_1_roles", "b"],
    ["0", '[{"status":"idle"},"$K1"]'],
  ]);
  expect(made(id, ["0", '["$K1"]'])).toEqual([["0", '["$K1"]']]);
});

test("a form without scripts names its action, alone or with its state", () => {
  const alone: [string, string][] = [
    [`$ACTION_ID_${id}`, ""],
    ["name", "Jane"],
  ];
  expect(made(undefined, ...alone)).toEqual(alone);
  const key: [string, string] = ["$ACTION_KEY", "k1"];
  const reference: [string, string] = ["$ACTION_1:0", `{"id":"${id}","bound":"$@1"}`];
  expect(
    made(undefined, ["$ACTION_REF_1", ""], reference, ["$ACTION_1:1", `[${state}]`], key, ["name", "Jane"]),
  ).toEqual([
    ["$ACTION_REF_1", ""],
    reference,
    ["$ACTION_1:1", '[{"status":"idle"}]'],
    key,
    ["name", "Jane"],
  ]);
});

const argument = (text: string): [string, string][] => [["0", text]];
test.each([
  ["nothing", id, []],
  ["no arguments", id, argument("[]")],
  ["no form", id, argument("[null]")],
  ["an object for a form", id, argument('[{"status":"idle"},{}]')],
  ["another reference", id, argument('[{"status":"idle"},"$Q1"]')],
  ["broken JSON", id, argument("[")],
  ["deep JSON", id, argument("[".repeat(20_000))],
  ["arguments twice", id, [...argument('["$K1"]'), ...argument('["$K1"]')]],
  ["more arguments", id, argument('[{},{},"$K1"]')],
  ["parts that no form has", id, [...argument('["$K1"]'), ["1", "[]"]]],
  ["a name that is none", "x", argument('["$K1"]')],
  ["no name", undefined, [["name", "Jane"]]],
  ["a name that is none, in a field", undefined, [["$ACTION_ID_", ""]]],
  [
    "two names",
    undefined,
    [
      [`$ACTION_ID_${id}`, ""],
      [`$ACTION_ID_${"1".repeat(42)}`, ""],
    ],
  ],
  ["a reference to nothing", undefined, [["$ACTION_REF_1", ""]]],
  [
    "a reference without a state",
    undefined,
    [
      ["$ACTION_REF_1", ""],
      ["$ACTION_1:0", `{"id":"${id}","bound":"$@1"}`],
    ],
  ],
  [
    "a reference with more than a state",
    undefined,
    [
      ["$ACTION_REF_1", ""],
      ["$ACTION_1:0", `{"id":"${id}","bound":"$@1"}`],
      ["$ACTION_1:1", "[{},{}]"],
    ],
  ],
  [
    "further parts",
    undefined,
    [
      ["$ACTION_REF_1", ""],
      ["$ACTION_1:0", `{"id":"${id}","bound":"$@1"}`],
      ["$ACTION_1:1", "[{}]"],
      ["$ACTION_1:2", "[]"],
    ],
  ],
] as [string, string | undefined, [string, string][]][])("%s is no call", (_, named, entries) => {
  expect(made(named, ...entries)).toBeUndefined();
});
