import type { Query, World } from "./world.ts";

/** A way to decide: loaded with a world, it answers questions and counts its yeses in a loop of its own. */
export interface Contestant {
  name: string;
  /** Which questions of a world it is asked; the slow ones get fewer. */
  takes?(world: World): number;
  load(world: World): Loaded | Promise<Loaded>;
}

export interface Loaded {
  answer(query: Query): boolean | Promise<boolean>;
  /** How many of them it allows. A loop of its own keeps one contestant's calls from spoiling another's. */
  count(queries: readonly Query[]): number | Promise<number>;
}
