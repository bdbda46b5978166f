import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { registrationOf } from "#lib/settings/index.ts";

/** Whether the sign-in page shows the sign-up link. Says nothing else of the settings. */
export const registrationOpen = defineQuery({
  name: "ask whether sign-up is open",
  needs: "public",
  input: z.object({}),
  run: async ({ reader }) => (await registrationOf(reader)).enabled,
});
