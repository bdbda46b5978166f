/**
 * How much of the expensive tests runs. At a desk: what finds nearly every mistake within minutes. In full, as `.ci/run`
 * asks for: all of it. This is the only place that says so; docs/testing.md shows it as a table.
 *
 * `TEST_DEPTH=full` runs everything; `TEST_DEPTH=full,walkSteps=200000,seed=42` changes single entries as well.
 */
interface Depth {
  desk: number | boolean;
  full: number | boolean;
  /** What a desk skips, and where it still runs: one sentence. */
  skips: string;
}

const all = Number.POSITIVE_INFINITY;

export const depths = {
  decisions: {
    desk: 40_000,
    full: 200_000,
    skips:
      "A desk compares fewer random decisions with the reference, and tries the engine's other laws less often by as much; CI compares all.",
  },
  engineMutants: {
    desk: 12,
    full: all,
    skips:
      "A desk puts a few mistakes into the engine, different ones each day and all of them within a week; CI puts in every one.",
  },
  catalogues: {
    desk: 2,
    full: 5,
    skips:
      "A desk tries every operation with every role, and fills a demo, for PatchMon and Rudder; CI for all five catalogues.",
  },
  walkSteps: {
    desk: 1_000,
    full: 21_500,
    skips:
      "A desk walks less far beside the model in each catalogue, and may not meet every reason; CI asserts that it does.",
  },
  rulesMutants: {
    desk: 2,
    full: 5,
    skips:
      "A desk removes two rules whose absence shows within a few steps; CI also some that take hundreds, `npm run soak` every one.",
  },
  raceRounds: {
    desk: 10,
    full: 100,
    skips: "A desk lets two race each other less often; CI more, and `npm run soak` a thousand times.",
  },
  signInOrders: {
    desk: 15,
    full: 60,
    skips: "A desk tries fewer random orders of passwords, codes and devices at sign-in; CI more.",
  },
  recordings: {
    desk: false,
    full: true,
    skips:
      "A desk starts on the data folder and one dump of the last release; CI on every recording of each release.",
  },
  crowd: {
    desk: 40_000,
    full: 1_000_000,
    skips:
      "A desk compares what a change of access reads among a thousand people and 40,000; CI and a million.",
  },
  wholeAxe: {
    desk: false,
    full: true,
    skips:
      "A desk runs all of axe once for each screen, then contrast in the dark and target sizes when narrow; CI all of each.",
  },
} satisfies Record<string, Depth>;

type Name = keyof typeof depths;

/** Which story the random tests tell: not how much, but the same again. */
const replay = { seed: undefined as number | undefined, from: 0 };

/** How deep this run goes in one respect. */
export function depth<N extends Name>(name: N): (typeof depths)[N]["desk" | "full"] {
  return asked().values[name] as (typeof depths)[N]["desk" | "full"];
}

/** The seed of random tests where one was asked for, and the step that a walk begins at. */
export function story(): typeof replay {
  return asked().story;
}

/**
 * @param words as in `TEST_DEPTH`: "desk" or "full", then entries with a number or "all"
 * @throws Error that names what would be understood
 */
export function readDepth(words: string) {
  const [level = "", ...changes] = words.split(",");
  if (level !== "desk" && level !== "full") throw unknownDepth(level);
  const values = Object.fromEntries(Object.entries(depths).map(([name, entry]) => [name, entry[level]]));
  const told = { ...replay };
  for (const change of changes) {
    const [, name = "", text = ""] = /^(\w+)=(\d+|all)$/.exec(change) ?? [];
    const value = text === "all" ? all : Number(text);
    if (Object.hasOwn(replay, name)) Object.assign(told, { [name]: value });
    else if (typeof values[name] === "number") values[name] = value;
    else if (typeof values[name] === "boolean") values[name] = value > 0;
    else throw unknownDepth(change);
  }
  return { values: values as Record<Name, number | boolean>, story: told };
}

const unknownDepth = (word: string) =>
  new Error(
    `TEST_DEPTH does not know "${word}": it begins with desk or full, then come, with commas between, entries such as ` +
      `walkSteps=200000, of ${[...Object.keys(depths), ...Object.keys(replay)].join(", ")}.`,
  );

let read: ReturnType<typeof readDepth> | undefined;
function asked() {
  read ??= readDepth(process.env.TEST_DEPTH ?? "desk");
  return read;
}
