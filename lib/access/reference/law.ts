import type { Arbitrary } from "fast-check";
import type { Window } from "../catalogue.ts";
import type * as access from "../index.ts";

/** The engine, or a copy of it with a mistake in it. */
export type Engine = Pick<
  typeof access,
  | "apiReach"
  | "beyond"
  | "check"
  | "compile"
  | "covers"
  | "decide"
  | "effective"
  | "explainRoleExpression"
  | "parseRoleExpression"
  | "rankOf"
  | "redundant"
  | "whoCan"
  | "withRole"
> & { windowCovers(wide: Window, narrow: Window): boolean };

/** Something that holds for every example. */
export interface Law<Example> {
  title: string;
  examples: Arbitrary<Example>;
  /** How many are tried on the sound engine. */
  usual: number;
  /** In what the engine breaks it. */
  breach(engine: Engine, example: Example): string | undefined;
}
