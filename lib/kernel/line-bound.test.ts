import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { log, logBug, newLog, referenceFor } from "./log.ts";
import { registry } from "./registry.ts";

/** The lines that reach the log's descriptor. */
let lines: { level: number; msg: string; reference?: string; times?: number; of?: string }[];
beforeEach(() => {
  lines = [];
  registry().slots.delete("line bound");
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  registry().slots.set("log", newLog("info", { write: (line) => void lines.push(JSON.parse(line)) }));
});
afterEach(() => {
  vi.useRealTimers();
  registry().slots.delete("log");
});

const times = (count: number, work: (index: number) => void) => {
  for (let index = 0; index < count; index += 1) work(index);
};

test("a kind of line has twenty a minute, then a sum, and another kind has its own", () => {
  times(3_000, (index) => log().warn({ where: "listener", address: `${index}` }, "one kind"));
  log().warn({ where: "listener" }, "another kind");
  expect(lines.map(({ msg }) => msg)).toEqual([...Array(20).fill("one kind"), "another kind"]);
  vi.advanceTimersByTime(60_000);
  expect(lines.slice(21)).toEqual([expect.objectContaining({ level: 40, times: 2_980, of: "one kind" })]);
  log().warn({ where: "listener" }, "one kind");
  expect(lines).toHaveLength(23);
});

test("what was sent does not make another kind, neither in a package's words nor in an error's", () => {
  times(500, (index) => log().warn({ where: "package" }, `The thing named ${index} was not found: ${index}`));
  expect(lines).toHaveLength(20);
  times(500, (index) => logBug(new TypeError(`${index} is no name`), "listener"));
  expect(lines).toHaveLength(40);
});

test("what strangers make up about one provider hides no line of another, nor another failure of that one", () => {
  const line = { where: "next-auth", reason: "provider_answer_refused" };
  const say = (facts: object) => log().warn({ ...line, ...facts }, "identity provider");
  times(500, () => say({ provider: "company", code: "OAUTH_INVALID_RESPONSE" }));
  expect(lines).toHaveLength(20);
  say({ provider: "company", code: "ECONNREFUSED" });
  say({ provider: "partner", code: "OAUTH_INVALID_RESPONSE" });
  say({ provider: "company", failure: "OAUTH_CALLBACK_ERROR" });
  expect(lines).toHaveLength(23);
  // Only a name that a program gives makes another kind.
  times(500, (index) => say({ provider: "company", code: `sent ${index}`, failure: { index } }));
  expect(lines).toHaveLength(43);
});

test("plenty of kinds are no way around it", () => {
  times(5_000, (index) => log().warn(`line ${index}`));
  expect(lines.length).toBeLessThanOrEqual(100 * 20);
});

test("a bug without a line has the reference of one like it, which has", () => {
  const given: string[] = [];
  const made = () => new RangeError("alike");
  times(50, () => given.push(logBug(made(), "page")));
  times(50, () => {
    const error = made();
    given.push(logBug(Object.assign(error, { digest: referenceFor(error) }), "action"));
  });
  const logged = new Set(lines.map(({ reference }) => reference));
  expect(logged.size).toBe(20);
  expect(given.filter((reference) => !logged.has(reference))).toEqual([]);
});
