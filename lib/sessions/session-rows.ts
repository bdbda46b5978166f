import { z } from "zod";
import type { Security } from "#lib/settings/index.ts";
import { deviceWords } from "./device-words.ts";
import { absoluteEnd, sessionEnd } from "./session-end.ts";
import { signInWords } from "./sign-in-words.ts";

export const storedSessionSchema = z.object({
  id: z.string(),
  method: z.string(),
  factor: z.string().nullable(),
  address: z.string().nullable(),
  agent: z.string().nullable(),
  createdAt: z.date(),
  lastUsedAt: z.date(),
  expiresAt: z.date(),
  endedAt: z.date().nullable(),
  endedWhy: z.string().nullable(),
  endedBy: z.string().nullable(),
});
export type StoredSession = z.infer<typeof storedSessionSchema>;

/** A session as lists show it. */
export interface SessionRow {
  id: string;
  /** "Firefox 140 on Windows" */
  device: string;
  agent: string | null;
  address: string | null;
  /** "Password and authenticator app" */
  signIn: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  /** Absent while it is live. */
  ended: { at: Date; why: string; by: string | null } | undefined;
  /** The one that asks. */
  current: boolean;
}

export function sessionRow(
  stored: StoredSession,
  { security, at, own }: { security: Security; at: Date; own: string | undefined },
): SessionRow {
  const { endedAt, endedWhy, endedBy, method, factor, ...session } = stored;
  const end = sessionEnd(stored, security);
  const ranOut = end.at <= at ? { ...end, by: null } : undefined;
  return {
    ...session,
    device: deviceWords(stored.agent),
    signIn: signInWords(method, factor),
    expiresAt: absoluteEnd(stored, security),
    ended: endedAt ? { at: endedAt, why: endedWhy ?? "ended", by: endedBy } : ranOut,
    current: stored.id === own,
  };
}

/** What `sessionRow` needs of a row. */
export const sessionColumns = {
  id: true,
  method: true,
  factor: true,
  address: true,
  agent: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
  endedAt: true,
  endedWhy: true,
  endedBy: true,
} as const;
