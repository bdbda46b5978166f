import { pino } from "pino";
import { expect, test, vi } from "vitest";
import { log } from "#lib/kernel/log.ts";
import { registry } from "#lib/kernel/registry.ts";
import { logFailure, withReference } from "./failure.ts";

const request = { where: "route", route: "/api/auth/[...nextauth]", method: "POST", requestId: "1" } as const;

test("a failed request is logged once, under the reference that its error carries", () => {
  const logged = vi.spyOn(log(), "error");
  const error = withReference(new Error("a bug"));
  logFailure(error, request);
  logFailure(error, request);
  expect(logged.mock.calls.map(([facts]) => facts)).toEqual([
    { ...request, err: error, reference: (error as { digest?: string }).digest },
  ]);
});

test("every failure has a reference of its own, and Next's own signals keep theirs", () => {
  const references = [new Error("alike"), new Error("alike"), "thrown text"].map(
    (thrown) => (withReference(thrown) as { digest?: string }).digest,
  );
  expect(new Set(references).size).toBe(3);
  for (const reference of references) expect(reference).toMatch(/^[0-9a-f]{12}$/);
  const signal = Object.assign(new Error(), { digest: "NEXT_REDIRECT;replace;/sign-in" });
  expect(withReference(signal)).toBe(signal);
});

test.each([
  ["JSON", () => JSON.parse("hunter2")],
  ["JSON with what looks like a frame", () => JSON.parse("\n    at hunter2")],
  ["an address", () => new URL("hunter2")],
  ["a cause", () => wrapped(() => JSON.parse("hunter2"))],
])("what was sent and cannot be parsed does not come into the log: %s", (_, parse) => {
  const written: string[] = [];
  const logger = pino({ level: "error" }, { write: (line: string) => void written.push(line) });
  registry().slots.set("log", logger);
  try {
    parse();
  } catch (error) {
    logFailure(error, request);
  }
  registry().slots.delete("log");
  expect(written).toHaveLength(1);
  expect(written[0]).not.toContain("hunter2");
  expect(written[0]).toContain("failure.test.ts");
});

function wrapped(parse: () => unknown): void {
  try {
    parse();
  } catch (cause) {
    throw new Error("the body is unreadable", { cause });
  }
}
