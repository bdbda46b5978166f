import type { Catalogue, Subject } from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import type { HeldRole } from "./answer.ts";
import type { Asked } from "./circumstances.ts";
import type { Names } from "./names.ts";

/** Everything that an answer about one subject is made from. */
export interface Question {
  access: ActivePolicy;
  catalogue: Catalogue;
  names: Names;
  subject: Subject;
  held: readonly HeldRole[];
  asked: Asked;
  /** How the subject is called in a sentence: a name, or "Whoever holds Viewer". */
  who: string;
}
