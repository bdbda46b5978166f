import { startConsole } from "./start-console.ts";
import { untilStopped } from "./until-stopped.ts";

untilStopped((closing) => startConsole({ dev: process.argv.includes("--dev") }, closing));
