"use server";
import { endOwnOtherSessions, endOwnSession } from "#lib/sessions/index.ts";
import { formAction } from "#lib/web/action.ts";

export const endOwnSessionForm = formAction(endOwnSession, () => "Session ended");

export const endOwnOtherSessionsForm = formAction(endOwnOtherSessions, ({ sessionsEnded }) =>
  sessionsEnded === 1 ? "1 other session ended" : `${sessionsEnded} other sessions ended`,
);
