import type { z } from "zod";
import type { giveTemporaryAccessSchema } from "./schema.ts";

type Said = Pick<z.output<typeof giveTemporaryAccessSchema>, "lasts" | "endsAt"> & {
  startsAt?: Date | undefined;
};

/** The end that somebody chose: so many hours from the start, or the instant itself. */
export function endOf({ lasts, endsAt, startsAt }: Said, at: Date): Date {
  if (!lasts) return endsAt ?? at;
  const start = Math.max(at.getTime(), startsAt?.getTime() ?? 0);
  return new Date(start + Number(lasts) * 3_600_000);
}
