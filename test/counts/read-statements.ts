/**
 * Reads what a client sends to PostgreSQL on one connection: each chunk answers the statements that it sets off.
 * Counted where a statement is executed, not where it is parsed, so that prepared ones count each time they run.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html; pg-protocol reads the server's side only.
 */
export function statementReader(): (chunk: Buffer) => string[] {
  let rest = Buffer.alloc(0);
  const statements = new Map<string, string>();
  const portals = new Map<string, string>();

  function setOff(type: string, body: Buffer): string | undefined {
    if (!"QPBE".includes(type)) return undefined;
    const [first = "", second = ""] = body.toString("utf8").split("\0", 2);
    if (type === "Q") return first;
    if (type === "P") statements.set(first, second);
    if (type === "B") portals.set(first, statements.get(second) ?? "");
    return type === "E" ? (portals.get(first) ?? "") : undefined;
  }

  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const sent: string[] = [];
    for (;;) {
      // The first message of a connection has no type and begins with its length, so with a zero.
      const header = rest[0] === 0 ? 0 : 1;
      if (rest.length < header + 4) return sent;
      const end = header + rest.readInt32BE(header);
      if (rest.length < end) return sent;
      const type = rest.toString("latin1", 0, header);
      const statement = type && setOff(type, rest.subarray(header + 4, end));
      if (statement) sent.push(statement);
      rest = rest.subarray(end);
    }
  };
}
