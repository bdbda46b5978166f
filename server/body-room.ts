import type { Caller, ForWhom } from "#lib/kernel/caller.ts";
import { notNow } from "#lib/kernel/unavailable.ts";

const mebibyte = 1024 * 1024;

/** What is kept of bodies in memory, and how many may still be arriving: of one caller, and of all the known or all strangers. */
const limits = {
  each: { bytes: 8 * mebibyte, arriving: 256 },
  all: { bytes: 24 * mebibyte, arriving: 2_048 },
};

interface Room {
  most: { bytes: number; arriving: number };
  bytes: number;
  /** How to end those that are still arriving, the oldest first. */
  arriving: Set<() => void>;
}

const newRoom = (most: Room["most"]): Room => ({ most, bytes: 0, arriving: new Set() });
const all: Record<ForWhom, Room> = { known: newRoom(limits.all), stranger: newRoom(limits.all) };
const each = new Map<string, Room>();

/** The place of one body. */
export interface BodyRoom {
  /** @throws AppError unavailable, reason busy, when nothing that is older is still arriving */
  grow(bytes: number): void;
  /** All of it is here, or nobody waits for it any longer. */
  arrived(): void;
  /** It is not kept any longer. */
  leave(): void;
}

/**
 * Where there is no room, the body that has been arriving for longest is cut off: whoever sends at the usual speed is
 * through before that, and whoever sends slowly keeps nobody out.
 */
export function enterRoom(caller: Caller, cut: () => void): BodyRoom {
  const mine = each.get(caller.name) ?? newRoom(limits.each);
  each.set(caller.name, mine);
  const rooms = [mine, all[caller.whom]];
  let kept = 0;
  const end = () => {
    leave();
    cut();
  };
  const arrived = () => {
    for (const { arriving } of rooms) arriving.delete(end);
  };
  const leave = () => {
    arrived();
    for (const room of rooms) room.bytes -= kept;
    kept = 0;
    if (mine.bytes === 0 && mine.arriving.size === 0 && each.get(caller.name) === mine)
      each.delete(caller.name);
  };
  for (const { arriving, most } of rooms) {
    arriving.add(end);
    const [oldest] = arriving;
    if (arriving.size > most.arriving) oldest?.();
  }
  const grow = (bytes: number) => {
    for (const room of rooms)
      while (room.bytes + bytes > room.most.bytes) {
        const [oldest] = room.arriving;
        if (!oldest || oldest === end) throw notNow("busy");
        oldest();
      }
    kept += bytes;
    for (const room of rooms) room.bytes += bytes;
  };
  return { grow, arrived, leave };
}
