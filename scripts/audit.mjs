// `npm run audit`: the months of the audit log, and how to delete old ones; see docs/audit-log.md.
import { runBuilt } from "./run-built.mjs";

await runBuilt("audit", import.meta.url);
