import { agreement } from "./agreement.ts";
import { coverage } from "./coverage.ts";
import type { Law } from "./law.ts";

/** Everything that holds for every example, by the name that mutants use. */
export const laws = { agreement, coverage } as unknown as Record<"agreement" | "coverage", Law<unknown>>;
