import { z } from "zod";
import { readJson } from "./read-json.ts";

/** Where a keyset page starts: the sort value and id of the row beside it. */
export interface Cursor {
  value: string;
  id: string;
}

/** No NUL: the one character that PostgreSQL does not take. */
const value = z
  .string()
  .max(1000)
  .refine((text) => !text.includes("\0"));
const cursorSchema = z.tuple([value, z.uuid()]);

export function encodeCursor({ value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString("base64url");
}

/** Undefined for anything that is not a cursor of ours: a stale or forged one shows the first page. */
export function decodeCursor(text: string | undefined): Cursor | undefined {
  if (!text) return undefined;
  try {
    const read = readJson(Buffer.from(text, "base64url"), { values: 3, depth: 1 });
    const [value, id] = cursorSchema.parse(read);
    return { value, id };
  } catch {
    return undefined;
  }
}
