import { expect } from "vitest";

/** What stops a start: the reason, said in one sentence that names all of these in this order. */
export const stops = (reason: string, ...named: string[]) =>
  expect.objectContaining({
    name: "StartError",
    reason,
    message: expect.stringMatching(new RegExp(`^[^\\n]*${named.map(literal).join("[^\\n]*")}[^\\n]*\\.$`)),
  });

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
