import { mostFields } from "#lib/kernel/most-fields.ts";
import { readJson } from "#lib/kernel/read-json.ts";

/** A state has the fields of a form, and a few words for some. */
const largestState = { values: 3 * mostFields, depth: 20 };

/** In the place of the state that a form had before: none of our actions looks at it, so none of it comes from outside. */
const idle = '{"status":"idle"}';
const actionId = /^[0-9a-f]{42}$/;

/**
 * A call of a server action, made anew from what was sent: the name of the action, the fields of the form, and nothing
 * else, so that Next decodes only what one of our forms may have sent. Undefined for anything that is no such call.
 * @param named the `next-action` header, with which scripts call; a form without scripts names its action in its fields
 */
export function actionCall(named: string | string[] | undefined, sent: FormData): FormData | undefined {
  if (named === undefined) return callByForm(sent);
  return typeof named === "string" && actionId.test(named) ? callByScript(sent) : undefined;
}

/** Fields are called `_1_name`, and `0` has the arguments: a state, if the form has one, and the form. */
function callByScript(sent: FormData): FormData | undefined {
  const given = listIn(sent.get("0"));
  if (sent.getAll("0").length !== 1 || given?.at(-1) !== "$K1" || given.length > 2) return undefined;
  const call = new FormData();
  for (const [name, value] of sent) {
    if (name.startsWith("_1_")) call.append(name, value);
    else if (name !== "0") return undefined;
  }
  call.append("0", given.length === 1 ? '["$K1"]' : `[${idle},"$K1"]`);
  return call;
}

/** Either `$ACTION_ID_` and the name, or `$ACTION_REF_n` with the name and the state in `$ACTION_n:0` and `:1`. */
function callByForm(sent: FormData): FormData | undefined {
  const names = [...sent.keys()].filter((name) => name.startsWith("$ACTION_"));
  const [, number] = names.map((name) => /^\$ACTION_REF_(\w{1,40})$/.exec(name)).find(Boolean) ?? [];
  const made = number === undefined ? alone(names) : referenced(number, sent);
  if (!made || names.length !== made.size) return undefined;
  const call = new FormData();
  for (const [name, value] of sent) {
    if (!name.startsWith("$ACTION_")) call.append(name, value);
    else if (made.has(name)) call.append(name, made.get(name) ?? "");
    else return undefined;
  }
  return call;
}

function alone([name = "", ...more]: string[]): Map<string, string> | undefined {
  const id = name.slice("$ACTION_ID_".length);
  return more.length === 0 && actionId.test(id) ? new Map([[name, ""]]) : undefined;
}

function referenced(number: string, sent: FormData): Map<string, string> | undefined {
  const { id, bound } = objectIn(sent.get(`$ACTION_${number}:0`));
  if (typeof id !== "string" || !actionId.test(id) || bound !== "$@1") return undefined;
  if (listIn(sent.get(`$ACTION_${number}:1`))?.length !== 1) return undefined;
  const key = sent.get("$ACTION_KEY");
  return new Map([
    [`$ACTION_REF_${number}`, ""],
    [`$ACTION_${number}:0`, JSON.stringify({ id, bound })],
    [`$ACTION_${number}:1`, `[${idle}]`],
    ...(typeof key === "string" && key.length <= 200 ? [["$ACTION_KEY", key] as const] : []),
  ]);
}

const listIn = (text: unknown): unknown[] | undefined => {
  const read = jsonIn(text);
  return Array.isArray(read) ? read : undefined;
};

const objectIn = (text: unknown): Record<string, unknown> => {
  const read = jsonIn(text);
  return typeof read === "object" && read !== null ? (read as Record<string, unknown>) : {};
};

function jsonIn(text: unknown): unknown {
  try {
    return typeof text === "string" ? readJson(text, largestState) : undefined;
  } catch {
    return undefined;
  }
}
