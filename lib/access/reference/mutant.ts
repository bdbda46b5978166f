import type { laws } from "./laws.ts";

/** One deliberate mistake: in this file, this text becomes that, which breaks this law (agreement unless it says otherwise). */
export type Mutant = readonly [
  title: string,
  file: string,
  text: string,
  wrong: string,
  law?: keyof typeof laws,
];
