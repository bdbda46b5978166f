// `npm run break-glass`: gives an account access again from the server itself; see docs/break-glass.md.
import { runBuilt } from "./run-built.mjs";

await runBuilt("break-glass", import.meta.url);
