"use server";
import { endAllSessions, endUserSession, endUserSessions } from "#lib/sessions/index.ts";
import { formAction } from "#lib/web/action.ts";

const sessions = (count: number) => (count === 1 ? "1 session" : `${count} sessions`);

export const endUserSessionForm = formAction(
  endUserSession,
  ({ username }) => `Ended a session of ${username}`,
);

export const endUserSessionsForm = formAction(
  endUserSessions,
  ({ username, sessionsEnded }) => `Ended ${sessions(sessionsEnded)} of ${username}`,
);

export const endAllSessionsForm = formAction(endAllSessions, ({ sessionsEnded, spared }) =>
  spared.length === 0
    ? `Ended ${sessions(sessionsEnded)}`
    : `Ended ${sessions(sessionsEnded)}; those of people who outrank you stay: ${spared.join(", ")}`,
);
