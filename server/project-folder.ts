import { dirname } from "node:path";

/** The checkout: this file lies one folder deep, as a source in `server` and bundled in `dist`. */
export const projectFolder = dirname(import.meta.dirname);
