import { ratio } from "./arithmetic.ts";
import { figure, markdownTable, percent } from "./markdown.ts";
import type { Reading } from "./readers.ts";
import type { Writing } from "./writers.ts";

/** Concurrent role changes, relative to one writer of the same server. */
export function writersTable(all: readonly Writing[]): string {
  const alone = (who: Writing["who"]) => all.find((one) => one.who === who && one.writers === 1);
  const headers = ["writers x instances", "changes/s", "x 1 writer", "x Better Auth", "p50 x 1 writer"];
  return markdownTable(
    [...headers, "lock held", "hold median ms", "waiting", "failed"],
    all.map(({ who, writers, instances, perSecond, p50, lock, wrong }) => {
      const peer = all.find((one) => one.who === "better_auth" && one.writers === writers);
      return [
        `${who.replace("_", " ")}, ${writers} x ${instances}`,
        figure(perSecond),
        figure(ratio(perSecond, alone(who)?.perSecond)),
        figure(ratio(perSecond, peer?.perSecond)),
        figure(ratio(p50, alone(who)?.p50)),
        lock ? percent(lock.held) : "",
        lock ? figure(lock.holdMedian) : "",
        lock ? figure(lock.waiting) : "",
        String(wrong.length),
      ];
    }),
  );
}

/** A reader of the users list beside others, relative to the same reader alone. */
export function readersTable(all: readonly Reading[]): string {
  const alone = all.find(({ beside }) => beside === "none");
  return markdownTable(
    [
      "a reader beside",
      "p50 x alone",
      "p95 x alone",
      "reads",
      "failed reads",
      "others' requests",
      "others' failed",
    ],
    all.map((one) => [
      one.beside === "none"
        ? "no one else"
        : `${one.number} ${one.page ? `readers of ${one.page}` : one.beside}`,
      figure(ratio(one.p50, alone?.p50)),
      figure(ratio(one.p95, alone?.p95)),
      String(one.reads),
      String(one.failedReads),
      String(one.others),
      String(one.failedOthers),
    ]),
  );
}
