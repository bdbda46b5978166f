import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { growth, linear } from "./growth.ts";

/** Takes so many steps, and says something that depends on each. */
function spin(steps: number): number {
  let sum = 0;
  for (let step = 0; step < steps; step += 1) sum = (sum + step) & 0xff_ff;
  return sum;
}
const itself = (size: number) => size;

test("four times the input is four times as dear when linear, and sixteen times when quadratic", async () => {
  expect(await growth(itself, (size) => spin(size * 1_000), 500)).toBeLessThanOrEqual(linear);
  expect(
    await growth(itself, (size) => spin(size * Math.round(Math.log2(size)) * 100), 500),
  ).toBeLessThanOrEqual(linear);
  const quadratic = await growth(itself, (size) => spin(size * size), 500);
  expect(quadratic).toBeGreaterThan(11);
  expect(quadratic).toBeLessThan(25);
});

test("what other threads do meanwhile does not count", async () => {
  const busy = new Int32Array(new SharedArrayBuffer(4));
  const source = `
    const busy = new Int32Array(require("node:worker_threads").workerData);
    for (;;) if (Atomics.load(busy, 0) === 0) Atomics.wait(busy, 0, 0);`;
  const worker = new Worker(source, { eval: true, workerData: busy.buffer });
  const mark = (to: number) => {
    Atomics.store(busy, 0, to);
    Atomics.notify(busy, 0);
  };
  const noisy = (size: number) => {
    mark(size > 500 ? 1 : 0);
    spin(size * 1_000);
  };
  expect(await growth(itself, noisy, 500)).toBeLessThanOrEqual(linear);
  await worker.terminate();
});
