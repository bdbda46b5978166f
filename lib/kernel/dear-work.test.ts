import { expect, test } from "vitest";
import { dearWork, type ForWhom, mostAtOnce, mostWaiting } from "./dear-work.ts";

/** Holds every place until it is let go. */
function allTaken() {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { letGo, done: Array.from({ length: mostAtOnce() }, () => dearWork("stranger", () => held)) };
}
const failed = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    ({ code, reason, details, message }) => ({ code, reason, details, message }),
  );

test("so many at once and no more", async () => {
  let running = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
  };
  const kinds: ForWhom[] = ["known", "stranger"];
  await Promise.all(kinds.flatMap((whom) => Array.from({ length: mostWaiting }, () => dearWork(whom, work))));
  expect(most).toBe(mostAtOnce());
  expect(running).toBe(0);
});

test("who is known is served before strangers who came earlier; those in the order in which they came", async () => {
  const { letGo, done } = allTaken();
  const order: string[] = [];
  const as = (whom: ForWhom, name: string) => dearWork(whom, async () => void order.push(name));
  const all = [as("stranger", "s1"), as("stranger", "s2"), as("known", "k1"), as("known", "k2")];
  letGo();
  await Promise.all([...done, ...all]);
  expect(order).toEqual(["k1", "k2", "s1", "s2"]);
});

test("of three places one is a stranger's, however many who are known keep coming", async () => {
  const { letGo, done } = allTaken();
  const order: string[] = [];
  const as = (whom: ForWhom) => dearWork(whom, async () => void order.push(whom));
  const all = [...Array.from({ length: 6 }, () => as("known")), as("stranger"), as("stranger")];
  letGo();
  await Promise.all([...done, ...all]);
  expect(order.slice(0, 3)).toContain("stranger");
  expect(order.slice(0, 6).filter((whom) => whom === "stranger")).toHaveLength(2);
});

test("beyond so many who wait the next is sent away, and strangers fill no line but their own", async () => {
  const { letGo, done } = allTaken();
  const nothing = async () => {};
  const waiting = Array.from({ length: mostWaiting }, () => dearWork("stranger", nothing));
  expect(await failed(dearWork("stranger", nothing))).toMatchObject({
    code: "unavailable",
    reason: "busy",
    details: { retryAfter: 5 },
  });
  const known = dearWork("known", async () => "served");
  letGo();
  await Promise.all([...done, ...waiting]);
  expect(await known).toBe("served");
  expect(await dearWork("stranger", async () => "again")).toBe("again");
});

test("work that fails gives its place back", async () => {
  const fails = () => Promise.reject(new Error("broken"));
  const failures = Array.from({ length: mostAtOnce() + 3 }, () =>
    dearWork("known", fails).catch((error) => error.message),
  );
  expect(new Set(await Promise.all(failures))).toEqual(new Set(["broken"]));
  expect(await dearWork("known", async () => 1)).toBe(1);
});
