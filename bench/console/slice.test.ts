import { expect, test } from "vitest";
import type { Answer } from "./ask.ts";
import { slice } from "./slice.ts";

const answer: Answer = { status: 200, headers: {}, text: "{}", bytes: 2 };

test("a slice asks until its time is over, and CPU is divided among its requests", async () => {
  let used = 0;
  const ask = async () => {
    used += 30;
    await new Promise((done) => setTimeout(done, 5));
    return answer;
  };
  const cpu = { server: () => used, postgres: () => used / 3 };
  const sample = await slice({ ask, cpu }, () => ({ path: "/", wrong: () => undefined }), {
    ms: 20,
    workers: 2,
  });
  expect(sample.requests).toBeGreaterThan(1);
  expect([sample.server, sample.postgres]).toEqual([30, 10]);
  expect(sample).toMatchObject({ bytes: 2, wrong: [] });
});

test("every wrong answer is told, and so is one that cannot be read", async () => {
  const ask = async () => answer;
  let count = 0;
  const exchange = () => {
    count += 1;
    if (count > 3) return undefined;
    const nth = count;
    const wrong = () => {
      if (nth === 3) throw new Error("no JSON");
      return nth === 2 ? "the second" : undefined;
    };
    return { path: "/list", wrong };
  };
  const { wrong, requests } = await slice({ ask, cpu: undefined }, exchange, { ms: 1000, workers: 1 });
  expect(requests).toBe(3);
  expect(wrong).toEqual(["/list: the second", expect.stringMatching(/^\/list: .*no JSON$/)]);
});
