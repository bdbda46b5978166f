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
    text: "Nothing that you saved is lost. The console works again as soon as the database answers. If this lasts, contact whoever runs this installation.",
  },
  database_full: {
    title: "The database has no space left",
    text: "Nothing that you saved is lost. The console works again when whoever runs this installation has made room.",
  },
  database_read_only: {
    title: "The database is read-only",
    text: "Nothing that you saved is lost. The console works again when whoever runs this installation has made the database writable.",
  },
};

/** What a page says that an outage took the place of, by the outage's reason; undefined for any other reason. */
export function outageWords(reason: string | undefined): OutageWords | undefined {
  return reason !== undefined && Object.hasOwn(words, reason) ? words[reason as Unavailable] : undefined;
}
