import type { Unavailable } from "./unavailable.ts";

export interface OutageWords {
  title: string;
  text: string;
}

const words: Record<Unavailable, OutageWords> = {
  busy: {
    title: "The console is busy",
    text: "Too many requests are waiting. Try again in a few seconds.",
  },
  database_slow: {
    title: "The database took too long to answer",
    text: "Nothing that you saved is lost. Try again in a few seconds. If this lasts, contact whoever runs this installation.",
  },
  database_locked: {
    title: "Another change is still in progress",
    text: "Nothing that you saved is lost. Try again in a few seconds.",
  },
  database_overloaded: {
    title: "The database is overloaded",
    text: "Nothing that you saved is lost. Try again in a few seconds. If this lasts, contact whoever runs this installation.",
  },
  database_away: {
    title: "The console cannot reach its database",
    text: "Nothing that you saved is lost. Try again in a few seconds. If this keeps happening, contact your administrator.",
  },
  database_full: {
    title: "The database has no space left",
    text: "Changes cannot be saved until the operator of this installation frees disk space. Nothing that you saved is lost.",
  },
  database_read_only: {
    title: "The database is read-only",
    text: "Changes cannot be saved until the operator of this installation makes the database writable again. Nothing that you saved is lost.",
  },
  clocks_differ: {
    title: "The clocks of the console and its database differ",
    text: "Changes cannot be saved until the operator of this installation sets both clocks right. Nothing that you saved is lost.",
  },
};

/** What a page says that an outage took the place of, by the outage's reason; undefined for any other reason. */
export function outageWords(reason: string | undefined): OutageWords | undefined {
  return reason !== undefined && Object.hasOwn(words, reason) ? words[reason as Unavailable] : undefined;
}
