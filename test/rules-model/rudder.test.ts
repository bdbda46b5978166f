import { walked } from "./walked.ts";

walked("rudder", [
  "proof_required",
  "bad_role_name",
  "role_name_taken",
  "role_in_use",
  "role_is_default",
  "unknown_permission",
  "last_holder",
  "expression_role",
  "empty_expression",
  "role_inherited",
  "unknown_in_limit",
  "last_role",
  "unknown_time_zone",
]);
