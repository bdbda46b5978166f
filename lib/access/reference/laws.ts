import { agreement } from "./agreement.ts";
import { coverage } from "./coverage.ts";
import { editing } from "./editing.ts";
import { escalation } from "./escalation.ts";
import { everybody } from "./everybody.ts";
import { expressions } from "./expressions.ts";
import { hours } from "./hours.ts";
import { idleness } from "./idleness.ts";
import type { Law } from "./law.ts";
import { replay } from "./replay.ts";

const all = { agreement, coverage, editing, escalation, everybody, expressions, hours, idleness, replay };

/** Everything that holds for every example, by the name that mutants use. */
export const laws = all as unknown as Record<keyof typeof all, Law<unknown>>;
