/** One error of those that a database client throws inside one another. */
export interface Thrown {
  /** PostgreSQL's SQLSTATE, Prisma's code or kind, or Node's code. */
  codes: string[];
  message: string;
}

interface Fields {
  code?: unknown;
  kind?: unknown;
  originalCode?: unknown;
  message?: unknown;
  originalMessage?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
  errors?: unknown[];
}

const most = 20;

/** From the outside in: Prisma wraps what the driver threw, and the driver what Node threw, once for each address of a host. */
export function thrownByDatabase(error: unknown): Thrown[] {
  const found: Thrown[] = [];
  const queue: unknown[] = [error];
  for (let at = 0; at < queue.length && at < most; at += 1) {
    const one = queue[at];
    if (typeof one !== "object" || one === null) continue;
    const { code, kind, originalCode, message, originalMessage, cause, meta, errors } = one as Fields;
    found.push({
      codes: [originalCode, code, kind].filter((each) => typeof each === "string"),
      message: String(originalMessage ?? message ?? ""),
    });
    queue.push(cause, meta?.driverAdapterError, ...(Array.isArray(errors) ? errors : []));
  }
  return found;
}
