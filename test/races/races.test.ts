import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { depth } from "#test/depth.ts";
import { openInstallation } from "#test/installation.ts";
import { nextInstant } from "#test/people.ts";
import { Instances } from "./instances.ts";
import { races } from "./races.ts";
import { takeLockAway } from "./without-lock.ts";

const rounds = depth("raceRounds");
const timeout = 120_000 + rounds * 500;

async function hold(race: (typeof races)[number], instances: Instances, count: number, untilWrong = false) {
  const wrong: string[] = [];
  const outcomes = new Map<string, number>();
  for (let round = 1; round <= count && !(untilWrong && wrong.length > 0); round += 1) {
    const { moves, wrong: look } = await race.prepare(round);
    const answers = await instances.race(moves, nextInstant().getTime());
    const words = answers.map(({ outcome }) => outcome).join(" | ");
    outcomes.set(words, (outcomes.get(words) ?? 0) + 1);
    wrong.push(...(await look(answers)).map((what) => `round ${round}: ${what}`));
  }
  return { wrong, outcomes: Object.fromEntries(outcomes) };
}

describe("two instances on one database", () => {
  let instances: Instances;
  beforeAll(async () => {
    const close = await openInstallation();
    instances = new Instances();
    return close;
  });
  afterAll(() => instances.end());

  test.each(races)(`$title, ${rounds} times: one at a time, as if in order`, { timeout }, async (race) => {
    const { wrong, outcomes } = await hold(race, instances, rounds);
    console.info(`${race.title}: ${JSON.stringify(outcomes)}`);
    expect(wrong).toEqual([]);
  });
});

describe("the same without the lock for access changes", () => {
  let instances: Instances;
  beforeAll(async () => {
    const close = await openInstallation();
    await takeLockAway();
    instances = new Instances();
    return close;
  });
  afterAll(() => instances.end());

  test.each(races.filter((race) => !race.holdsWithoutLock))(
    "$title: goes wrong",
    { timeout },
    async (race) => {
      const { wrong, outcomes } = await hold(race, instances, 60, true);
      console.info(`${race.title}, without the lock: ${JSON.stringify(outcomes)}, wrong ${wrong.length}`);
      expect(wrong.length).toBeGreaterThan(0);
    },
  );

  test.each(races.filter((race) => race.holdsWithoutLock))(
    "$title: holds all the same",
    { timeout },
    async (race) => {
      expect((await hold(race, instances, rounds)).wrong).toEqual([]);
    },
  );
});
