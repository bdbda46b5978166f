import { vi } from "vitest";
import { walked } from "./walked.ts";

vi.mock("@node-rs/argon2", () => import("./cheap-hashes.ts"));

walked("ops-atlas", ["custom_roles_off", "never_empty", "single_role"]);
