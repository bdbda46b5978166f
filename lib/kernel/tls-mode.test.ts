import { expect, test } from "vitest";
import { withTlsMode } from "./tls-mode.ts";

const at = (query: string) => `postgresql://user:p%40ss@db.internal:5432/bailiwick${query}`;

test("modes that are read as the strictest one are said as it, and nothing else is touched", () => {
  for (const mode of ["prefer", "require", "verify-ca"])
    expect(withTlsMode(at(`?sslmode=${mode}&sslrootcert=/ca.pem`))).toMatch(
      /p%40ss@.*\?sslmode=verify-full&/,
    );
  const kept = ["", "?sslmode=disable", "?sslmode=no-verify", "?sslmode=verify-full", "?host=%2Ftmp"];
  for (const query of [...kept, "?sslmode=require&uselibpqcompat=true"])
    expect(withTlsMode(at(query))).toBe(at(query));
});
