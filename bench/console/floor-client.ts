import type { Sent } from "./ask.ts";

/** The first person's, whom every population has. */
const cookie = "session=session 1";

export const floorGet = (query: Record<string, string>): Sent => ({
  path: `/users?${new URLSearchParams(query)}`,
  headers: { cookie },
});

export const floorPost = (command: string, input: Record<string, string>): Sent => ({
  method: "POST",
  path: `/${command}`,
  headers: { cookie, "content-type": "application/json" },
  body: JSON.stringify(input),
});
