import type { Caller, ForWhom } from "#lib/kernel/caller.ts";
import { notNow } from "#lib/kernel/unavailable.ts";

const mebibyte = 1024 * 1024;

/**
 * What is kept of bodies in memory, and how many may arrive or wait to be read: of one caller, whose two largest uploads
 * leave room for small ones, and of all the known or all strangers.
 */
const limits = {
  each: { bytes: 10 * mebibyte, arriving: 256 },
  all: { bytes: 24 * mebibyte, arriving: 2_048 },
};

interface Room {
  most: { bytes: number; arriving: number };
  bytes: number;
  /** How to end those that arrive or wait to be read, the oldest first. */
  arriving: Set<() => void>;
}

/** The oldest of a room that nobody reads yet; of the room of all, the oldest of the caller who has most in it. */
function oldestOf(room: Room, what: "arriving" | "bytes"): (() => void) | undefined {
  let [fullest, size] = [room, 0];
  if (room.most === limits.all)
    for (const own of each.values()) {
      const [first] = own.arriving;
      const has = what === "bytes" ? own.bytes : own.arriving.size;
      if (first && room.arriving.has(first) && has > size) [fullest, size] = [own, has];
    }
  const [oldest] = fullest.arriving;
  return oldest;
}

const newRoom = (most: Room["most"]): Room => ({ most, bytes: 0, arriving: new Set() });
const all: Record<ForWhom, Room> = { known: newRoom(limits.all), stranger: newRoom(limits.all) };
const each = new Map<string, Room>();

/** The place of one body. */
export interface BodyRoom {
  /** @throws AppError unavailable, reason busy, when whatever is older is being read */
  grow(bytes: number): void;
  /** It is being read, or nobody waits for it any longer. */
  begun(): void;
  /** It is not kept any longer. */
  leave(): void;
}

/**
 * Where there is no room, the caller who has most in it pays: the body that came first and is not being read yet is cut off.
 * Whoever sends at the usual speed is through before that, and whoever sends slowly keeps nobody out.
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
  const begun = () => {
    for (const { arriving } of rooms) arriving.delete(end);
  };
  const leave = () => {
    begun();
    for (const room of rooms) room.bytes -= kept;
    kept = 0;
    if (mine.bytes === 0 && mine.arriving.size === 0 && each.get(caller.name) === mine)
      each.delete(caller.name);
  };
  for (const room of rooms) room.arriving.add(end);
  for (const room of rooms) if (room.arriving.size > room.most.arriving) oldestOf(room, "arriving")?.();
  const grow = (bytes: number) => {
    for (const room of rooms)
      while (room.bytes + bytes > room.most.bytes) {
        const oldest = oldestOf(room, "bytes");
        if (!oldest || oldest === end) throw notNow("busy");
        oldest();
      }
    kept += bytes;
    for (const room of rooms) room.bytes += bytes;
  };
  return { grow, begun, leave };
}
