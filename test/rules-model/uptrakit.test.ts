import { walked } from "./walked.ts";

walked("uptrakit", [
  "proof_required",
  "custom_roles_off",
  "last_holder",
  "confirmation_required",
  "duplicate_assignment",
  "no_role",
]);
