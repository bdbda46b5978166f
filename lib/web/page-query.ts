import { notFound } from "next/navigation";
import type { z } from "zod";

/** What a page is asked for, out of its address; the Not found page for an address that no page of ours leads to. */
export function pageQuery<S extends z.ZodType>(schema: S, given: Record<string, unknown>): z.output<S> {
  const { success, data } = schema.safeParse(given);
  return success ? data : notFound();
}
