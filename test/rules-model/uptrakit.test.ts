import { vi } from "vitest";
import { walked } from "./walked.ts";

vi.mock("@node-rs/argon2", () => import("./cheap-hashes.ts"));

walked("uptrakit", ["custom_roles_off", "role_is_default", "last_holder"]);
