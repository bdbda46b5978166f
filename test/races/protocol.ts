/** What a test says to an instance, and what that answers. */
export type Order =
  | { what: "ready"; at: number; token: string }
  | { what: "go"; at: number; operation: string; input: object };

export interface Answer {
  /** "done", the reason of a refusal, or "bug". */
  outcome: string;
  words?: string;
}
