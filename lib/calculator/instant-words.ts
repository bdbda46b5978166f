/** An instant in a sentence that the server writes: it names its zone, since the reader's is not known there. */
export const instantWords = (at: number): string =>
  new Date(at).toLocaleString("en-GB", {
    timeZone: "UTC",
    timeZoneName: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
