import type { ProviderView } from "#lib/sso/index.ts";

const counted = (count: number, one: string, many: string) =>
  count === 1 ? one : `${count.toLocaleString("en")} ${many}`;

/** Whom it concerns that a provider goes: their sessions end, and some have no other way in. */
export function affected({ sessions, withoutPassword }: ProviderView): string {
  const ending =
    sessions === 0
      ? "Nobody is signed in through it now."
      : `${counted(sessions, "One session that came through it ends", "sessions that came through it end")} at once, yours among them if it did.`;
  if (withoutPassword === 0) return ending;
  const left = counted(withoutPassword, "One person has", "people have");
  return `${ending} ${left} no password here, so it is their only way in.`;
}
