import { vi } from "vitest";
import { walked } from "./walked.ts";

vi.mock("@node-rs/argon2", () => import("./cheap-hashes.ts"));

walked("uptrakit", [
  "proof_required",
  "custom_roles_off",
  "last_holder",
  "confirmation_required",
  "duplicate_assignment",
  "no_role",
]);
