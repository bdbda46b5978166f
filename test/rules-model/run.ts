import { Difference, type Tally, Walk } from "./walk.ts";

export interface Run {
  tally: Tally;
  /** The shortest story found that ends in a difference. */
  difference: string | undefined;
  steps: number;
}

/** Walks so many steps; when product and model part, looks for the shortest tail on which they do. */
export async function run(catalogue: string, seed: number, steps: number, from = 0): Promise<Run> {
  const numbers = Array.from({ length: steps }, (_, index) => from + index);
  const first = await attempt(catalogue, seed, numbers, 10);
  if (!first.difference) return { tally: first.tally, difference: undefined, steps };
  const shortest = await shorten(catalogue, seed, numbers.slice(0, first.walked), first.difference);
  return { tally: first.tally, difference: shortest, steps: first.walked };
}

interface Attempt {
  tally: Tally;
  walked: number;
  difference?: string;
}

/** @param every the state is compared after so many steps: often where a difference has to be found early */
export async function attempt(
  catalogue: string,
  seed: number,
  numbers: readonly number[],
  every = 1,
): Promise<Attempt> {
  const walk = await Walk.open(catalogue, seed, every);
  let walked = 0;
  try {
    for (const number of numbers) {
      walked += 1;
      await walk.step(number);
    }
    await walk.catchUp(numbers.at(-1) ?? 0);
    return { tally: walk.tally, walked };
  } catch (error) {
    const words = error instanceof Difference ? error.message : `a bug: ${(error as Error).stack}`;
    const tail = walk.story.slice(-Math.min(walked, 12)).join("\n");
    return { tally: walk.tally, walked, difference: `${tail}\n${words}` };
  } finally {
    await walk.close();
  }
}

/** Longer and longer tails from a fresh installation, then one step less at a time; a hundred tries at most. */
async function shorten(
  catalogue: string,
  seed: number,
  all: readonly number[],
  whole: string,
): Promise<string> {
  const head = (numbers: readonly number[], story: string) =>
    `${catalogue}, seed ${seed}, steps ${numbers.length > 12 ? `${numbers[0]} to ${numbers.at(-1)}` : numbers.join(" ")}\n${story}`;
  let tries = 100;
  let kept = all;
  let story = whole;
  for (let length = 1; length < all.length && length <= 4096; length *= 2) {
    const tail = all.slice(-length);
    const { difference, walked } = await attempt(catalogue, seed, tail);
    if (!difference) continue;
    [kept, story] = [tail.slice(0, walked), difference];
    break;
  }
  for (let index = kept.length - 2; index >= 0 && tries > 0 && kept.length <= 64; index -= 1) {
    tries -= 1;
    const fewer = kept.filter((_, place) => place !== index);
    const { difference, walked } = await attempt(catalogue, seed, fewer);
    if (!difference || walked < fewer.length) continue;
    [kept, story] = [fewer, difference];
  }
  return head(kept, story);
}
