"use server";
import { resetFactors } from "#lib/second-factor/index.ts";
import { formAction } from "#lib/web/action.ts";

export const resetFactorsForm = formAction(resetFactors, ({ username, sessionsEnded }) =>
  sessionsEnded > 0
    ? `Second factor of ${username} reset; ${sessionsEnded} of their sessions ended`
    : `Second factor of ${username} reset`,
);
