import { walked } from "./walked.ts";

walked("patchmon", [
  "bad_role_name",
  "role_name_taken",
  "role_in_use",
  "role_is_default",
  "unknown_permission",
  "rank",
  "guarded_role",
  "escalation",
  "never_empty",
  "single_role",
  "role_inherited",
  "inheritance_cycle",
]);
