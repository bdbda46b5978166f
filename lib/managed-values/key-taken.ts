import { AppError } from "#lib/kernel/errors.ts";

/** A key is there once; two at once: the primary key decides, and the loser gets the same answer. */
export function keyTaken(key: string) {
  return (error: unknown): never => {
    if (!(error instanceof Error && "code" in error && error.code === "P2002")) throw error;
    const message = `The key ${key} is taken: choose another.`;
    throw new AppError("conflict", "key_taken", message, { fields: { key: [message] } });
  };
}
