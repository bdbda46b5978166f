import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { cpuOfProcess } from "./cpu.ts";

test.runIf(existsSync("/proc/self/schedstat"))("CPU of a process grows as the process itself says", () => {
  const cpu = cpuOfProcess(process.pid) as () => number;
  const before = cpu();
  const own = process.cpuUsage();
  let sum = 0;
  while (cpu() - before < 100) sum += Math.sqrt(sum + 1);
  const { user, system } = process.cpuUsage(own);
  // Threads of the test runner go on meanwhile, so this is no measure of a time but of what is counted.
  expect((user + system) / 1000).toBeGreaterThan(50);
  expect((user + system) / 1000).toBeLessThan(1000);
});

test("there is none of a process that does not exist", () => {
  expect(cpuOfProcess(2 ** 22 + 1)).toBeUndefined();
});
