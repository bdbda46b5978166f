import { expect, test, vi } from "vitest";
import { log } from "#lib/kernel/log.ts";
import { sendConsoleToLog } from "./console-to-log.ts";

test("errors of pages get a reference each, however alike they are, and are logged elsewhere", () => {
  const before = { ...console };
  const warned = vi.spyOn(log(), "warn").mockImplementation(() => undefined);
  try {
    sendConsoleToLog();
    const met = ["1234567890", "1234567890", "0123456789ab", "database_away"].map((digest) =>
      Object.assign(new Error("alike"), { digest }),
    );
    for (const error of met) console.error(error);
    const [one, other, own, outage] = met.map(({ digest }) => digest);
    expect(one).toMatch(/^[0-9a-f]{12}$/);
    expect(other).toMatch(/^[0-9a-f]{12}$/);
    expect(one).not.toBe(other);
    expect([own, outage]).toEqual(["0123456789ab", "database_away"]);
    expect(warned).not.toHaveBeenCalled();
    console.error("printed", new Error("by a package"));
    expect(warned).toHaveBeenCalledTimes(1);
  } finally {
    Object.assign(console, before);
  }
});
