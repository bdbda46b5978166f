import type { Answer, Sent } from "./ask.ts";

/** How something is asked of a server: the console answers whole pages (console) or what changes in one (rsc). */
export const ways = ["console", "rsc", "better_auth", "floor"] as const;
export type Way = (typeof ways)[number];

/** A request, and what is wrong with an answer to it: undefined when nothing is. */
export interface Asked extends Sent {
  wrong(answer: Answer): string | undefined;
}

/** What one of several workers sends next; undefined once there is nothing left. */
export type Exchange = (worker: number) => Asked | undefined | Promise<Asked | undefined>;

/** The same thing done by each of the servers that can. */
export interface Operation {
  title: string;
  by: Partial<Record<Way, Exchange>>;
  /** Numbers of concurrent requests to measure it with, one after the other; 1 by default. */
  workers?: readonly number[];
  /** Has to be done before each request, beside the clock: then a slice of time is one request. */
  before?(): Promise<void>;
  /** What is wrong in the databases after all of it: nothing when it is empty. */
  settled?(): Promise<string[]>;
}
