import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { isSetupToken } from "./setup-token.ts";

/** What the set-up page shows: the form behind a working link, a hint without one, nothing once somebody exists. */
export type SetupState = "open" | "link_needed" | "done";

export const checkSetupLink = defineQuery({
  name: "check set-up link",
  needs: "public",
  input: z.object({ token: z.string().max(200).default("") }),
  async run({ reader, call }, { token }): Promise<SetupState> {
    if ((await reader.user.findFirst({ select: { id: true } })) !== null) return "done";
    return (await isSetupToken(reader, token, call.at)) ? "open" : "link_needed";
  },
});
