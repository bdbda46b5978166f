import { expect, test, vi } from "vitest";
import { Turns } from "./turns.ts";

/** Work that ends when it is told to; `order` is in which order it began. */
function works(turns: Turns) {
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const start = (caller: string) => {
    const done = turns.run(caller, () => {
      order.push(caller);
      return new Promise<void>((end) => ends.push(end));
    });
    done.catch(() => undefined);
    return done;
  };
  const endOne = async () => {
    ends.shift()?.();
    await new Promise(setImmediate);
  };
  return { order, start, endOne };
}

test("so many run at once; the others in the order in which they came", async () => {
  const { order, start, endOne } = works(new Turns({ atOnce: 2, waiting: 10, patience: 1_000 }));
  for (const caller of ["a", "b", "c", "d"]) void start(caller);
  expect(order).toEqual(["a", "b"]);
  await endOne();
  expect(order).toEqual(["a", "b", "c"]);
  await endOne();
  expect(order).toEqual(["a", "b", "c", "d"]);
});

test("the storm of one delays another's only request by one turn", async () => {
  const { order, start, endOne } = works(new Turns({ atOnce: 1, waiting: 100, patience: 1_000 }));
  for (let times = 0; times < 40; times += 1) void start("storm");
  void start("other");
  await endOne();
  await endOne();
  expect(order).toEqual(["storm", "storm", "other"]);
  for (let times = 0; times < 60; times += 1) await endOne();
  expect(order).toHaveLength(41);
});

test("a full queue refuses the one who fills it, and no other", async () => {
  const { order, start, endOne } = works(new Turns({ atOnce: 1, waiting: 3, patience: 1_000 }));
  const storm = Array.from({ length: 5 }, () => start("storm"));
  await expect(storm[4]).rejects.toMatchObject({ code: "unavailable", reason: "busy" });
  const other = start("other");
  await expect(storm[3]).rejects.toMatchObject({
    reason: "busy",
    details: { retryAfter: expect.any(Number) },
  });
  for (let times = 0; times < 5; times += 1) await endOne();
  await other;
  expect(order).toEqual(["storm", "storm", "other", "storm"]);
});

test("whoever has waited long enough is told so, and takes nobody's turn", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { order, start, endOne } = works(new Turns({ atOnce: 1, waiting: 3, patience: 1_000 }));
  void start("first");
  const late = start("late");
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  await expect(late).rejects.toMatchObject({ reason: "busy" });
  void start("last");
  await endOne();
  expect(order).toEqual(["first", "last"]);
});

test("work that fails passes its turn on", async () => {
  const turns = new Turns({ atOnce: 1, waiting: 1, patience: 1_000 });
  const failing = turns.run("a", () => Promise.reject(new Error("no")));
  const next = turns.run("b", () => Promise.resolve("done"));
  await expect(failing).rejects.toThrow();
  expect(await next).toBe("done");
});
