import { vi } from "vitest";
import { walked } from "./walked.ts";

vi.mock("@node-rs/argon2", () => import("./cheap-hashes.ts"));

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
