import { walked } from "./walked.ts";

walked("ops-atlas", ["custom_roles_off", "never_empty", "single_role"]);
