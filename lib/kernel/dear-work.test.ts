import { expect, test, vi } from "vitest";
import { account, type Caller, callerOf, product, stranger } from "./caller.ts";
import { dearWork, mostAtOnce, mostWaiting } from "./dear-work.ts";

/** Holds every place until it is let go. */
function allTaken() {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  return { letGo, done: Array.from({ length: mostAtOnce() }, () => dearWork(product("test"), () => held)) };
}
const at = (address: string) => stranger({ address });
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    ({ code, reason }) => `${code} ${reason}`,
  );

test("so many at once and no more, whoever they are", async () => {
  let running = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
  };
  const callers = Array.from({ length: 40 }, (_, number) =>
    number % 2 ? account(`${number}`) : at(`198.51.100.${number}`),
  );
  await Promise.all(callers.map((caller) => dearWork(caller, work)));
  expect(most).toBe(mostAtOnce());
  expect(running).toBe(0);
});

test("who is known is served before strangers who came earlier; those in the order in which they came", async () => {
  const { letGo, done } = allTaken();
  const order: string[] = [];
  const as = (caller: Caller, name: string) => dearWork(caller, async () => void order.push(name));
  const all = [
    as(at("198.51.100.1"), "s1"),
    as(at("198.51.100.2"), "s2"),
    as(account("1"), "k1"),
    as(account("2"), "k2"),
  ];
  letGo();
  await Promise.all([...done, ...all]);
  expect(order).toEqual(["k1", "k2", "s1", "s2"]);
});

test("a hundred requests of one account: another's waits for one of them, a stranger's for two, and who sent them pays", async () => {
  const { letGo, done } = allTaken();
  const order: string[] = [];
  const as = (caller: Caller) => reasonOf(dearWork(caller, async () => void order.push(caller.name)));
  const storm = Array.from({ length: 100 }, () => as(account("storm")));
  const others = [as(account("other")), as(at("198.51.100.1"))];
  letGo();
  await Promise.all(done);
  expect(await Promise.all(others)).toEqual(["done", "done"]);
  const told = await Promise.all(storm);
  expect(told.filter((reason) => reason === "unavailable busy")).toHaveLength(100 - mostWaiting / 2);
  const { name } = at("198.51.100.1");
  expect(order.slice(0, 3)).toEqual(["user storm", "user other", name]);
});

test("a storm out of one network takes no place from other strangers", async () => {
  const { letGo, done } = allTaken();
  const as = (address: string) => reasonOf(dearWork(at(address), async () => {}));
  const storm = Array.from({ length: 2 * mostWaiting }, (_, line) =>
    as(`2001:db8:1:${line.toString(16)}::1`),
  );
  const others = Array.from({ length: mostWaiting }, (_, host) => as(`198.51.100.${host}`));
  letGo();
  await Promise.all(done);
  expect((await Promise.all(others)).filter((told) => told !== "done")).toHaveLength(1);
  expect((await Promise.all(storm)).filter((told) => told === "done")).toHaveLength(1);
});

test("nobody waits longer than a form is looked at", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { letGo, done } = allTaken();
  const waiting = reasonOf(dearWork(account("1"), async () => {}));
  vi.advanceTimersByTime(10_000);
  expect(await waiting).toBe("unavailable busy");
  letGo();
  await Promise.all(done);
  vi.runAllTimers();
  vi.useRealTimers();
});

test("work that fails gives its place back", async () => {
  const fails = () => Promise.reject(new Error("broken"));
  const failures = Array.from({ length: mostAtOnce() + 3 }, () =>
    dearWork(account("1"), fails).catch((error) => error.message),
  );
  expect(new Set(await Promise.all(failures))).toEqual(new Set(["broken"]));
  expect(await dearWork(account("1"), async () => 1)).toBe(1);
});

test("a copy of this module that Next bundles anew waits in the same line", async () => {
  const { letGo, done } = allTaken();
  vi.resetModules();
  const copy = await import("./dear-work.ts");
  expect(copy.dearWork).not.toBe(dearWork);
  let begun = false;
  const late = copy.dearWork(account("1"), async () => {
    begun = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toBe(false);
  letGo();
  await Promise.all([...done, late]);
  expect(begun).toBe(true);
});

test("who asks: an account, a client, the product for itself or for somebody at an address, or an address", () => {
  const address = "2001:db8:1:2::3";
  const provider = { kind: "system", name: "single sign-on" } as const;
  const names = [
    callerOf({ actor: { kind: "anonymous" }, address }),
    callerOf({ actor: { kind: "anonymous" }, address: undefined }),
    callerOf({ actor: provider, address }),
    callerOf({ actor: provider, address: undefined }),
  ];
  expect(names).toEqual([
    { whom: "stranger", name: "address 2001:db8:1::/48" },
    { whom: "stranger", name: "address unknown" },
    { whom: "known", name: "system single sign-on for 2001:db8:1::/48" },
    product("single sign-on"),
  ]);
});
