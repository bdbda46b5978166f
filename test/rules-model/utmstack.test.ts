import { walked } from "./walked.ts";

walked("utmstack", [
  "proof_required",
  "bad_role_name",
  "role_name_taken",
  "role_in_use",
  "unknown_permission",
  "rank",
  "escalation",
  "never_empty",
  "role_inherited",
  "inheritance_cycle",
  "unknown_in_limit",
]);
