export { sweep } from "./sweep.ts";
export { sweepAll } from "./sweep-all.ts";
