import { expect, test } from "vitest";
import { account } from "#lib/kernel/caller.ts";
import { enterRoom } from "./body-room.ts";

const mebibyte = 1024 * 1024;

test("where all have too many arriving, whoever has most loses the oldest, and an only one is let come", () => {
  const cut: string[] = [];
  const rooms = [enterRoom(account("one"), () => cut.push("one"))];
  for (let caller = 0; caller < 8; caller += 1)
    for (let body = 0; body < 260; body += 1) {
      const name = `storm ${caller}`;
      rooms.push(enterRoom(account(name), () => cut.push(name)));
    }
  expect(cut.length).toBe(8 * 260 + 1 - 2_048);
  expect(cut).not.toContain("one");
  for (const room of rooms) room.leave();
});

test("where all have too many bytes, whoever keeps most loses the oldest that is still arriving", () => {
  const cut: string[] = [];
  const enter = (name: string, bytes: number) => {
    const room = enterRoom(account(name), () => cut.push(name));
    room.grow(bytes);
    return room;
  };
  const rooms = [enter("one", mebibyte)];
  for (const name of ["a", "b", "c"]) rooms.push(enter(name, 4 * mebibyte), enter(name, 3 * mebibyte));
  rooms.push(enter("a", mebibyte / 2), enter("late", 2 * mebibyte));
  expect(cut).toEqual(["a"]);
  // Nobody's body that is being read is taken from them.
  for (const room of rooms) room.begun();
  expect(() => enter("last", 8 * mebibyte)).toThrow(expect.objectContaining({ reason: "busy" }));
  for (const room of rooms) room.leave();
});
