import { story } from "./depth.ts";

const day = 86_400_000;

/**
 * So many of a list, evenly spread over it and in its order: each day the ones after those of the day before, so that
 * none stays out for long. A seed in TEST_DEPTH chooses the day.
 */
export function spread<T>(list: readonly T[], count: number, turn = story().seed ?? today()): T[] {
  if (count >= list.length) return [...list];
  const places = Array.from({ length: count }, (_, index) => Math.floor((index * list.length) / count));
  return places.map((place) => list[(place + turn) % list.length] as T);
}

const today = () => Math.floor(Date.now() / day);
