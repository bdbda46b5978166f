import type { Denial, Dormant, Effect } from "#lib/access/index.ts";

/** What the calculator answers; plain data in words, instants as dates since only the reader knows their zone. */
export interface Answer {
  effect: Effect;
  /** Of `deny`: why, as the engine says it; `words` says the same to people. */
  reason?: Denial["kind"];
  /** The answer in one sentence. */
  words: string;
  /** What it rests on, on one line: "Security Analyst → Viewer". */
  summary: string;
  /** Of `limited`: what it reaches, each line on its own. */
  limits: string[];
  /** The ways that give it. */
  paths: Step[][];
  /** Of `deny`: what comes nearest to an allow. */
  nearest: Nearest[];
}

/** One step of a way from somebody to a permission, in order. */
export interface Step {
  kind: "assignment" | "base" | "grant" | "limit" | "clock";
  text: string;
  notes: string[];
  from?: Date;
  until?: Date;
}

export interface Nearest {
  /** What is in the way, as the engine says it; `words` says the same to people. */
  reason: "blocked" | "limit_failed" | "excepted" | Dormant["why"];
  words: string;
  /** Of a limit that failed: its scope, or the attribute of its condition. */
  failed?: string;
  /** Whether the question says anything about that. */
  given?: boolean;
  /** When it would begin to hold. */
  begins?: Date;
  steps?: Step[];
}

/** A hold on a role as it is shown. */
export interface HeldRole {
  /** Of the assignment. */
  id: string;
  role: string;
  label: string;
  source?: string;
  notes: string[];
  from?: Date;
  until?: Date;
  hours: string[];
  /** Whether it counts at the instant; else when it does next, if ever. */
  active: boolean;
  begins?: Date;
}

export interface PermissionAnswer {
  key: string;
  label: string;
  description: string;
  dangerous: boolean;
  withoutEffect?: string;
  answer: Answer;
}

export interface GroupAnswer {
  key: string;
  label: string;
  risk: "low" | "medium" | "medium-high" | "high";
  held: number;
  permissions: PermissionAnswer[];
}

/** What the subject may call through the API. */
export interface ApiAnswer {
  words: string;
  endpoints: string[];
}

/** Everything about one subject: one permission when one was asked for, else all of them. */
export interface AccessAnswer {
  at: Date;
  held: HeldRole[];
  api: ApiAnswer;
  /** Which of them add nothing, and what gives all that they give. */
  redundant: { assignment: string; label: string; because: string[] }[];
  /** Whether a resource was named, so that nothing can be limited any more. */
  aboutResource: boolean;
  permission?: PermissionAnswer & { roles: { key: string; label: string }[] };
  groups: GroupAnswer[];
}
