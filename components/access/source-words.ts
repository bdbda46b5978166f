const words: Record<string, string> = {
  local: "Given here",
  setup: "First account",
  "sign-up": "Self-registration",
  import: "Imported",
  elevation: "Temporary access",
  request: "Request granted",
};

/** Where an assignment came from, in words. */
export const sourceWords = (source: string): string => words[source] ?? source;
