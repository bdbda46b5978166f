import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { ArrivingBody } from "./arriving-body.ts";

test("what still comes of a body that was dropped takes no room, and is read to its end", async () => {
  const request = Object.assign(new PassThrough(), { headers: { "content-length": "90000" } });
  const grown: number[] = [];
  const room = { grow: (bytes: number) => grown.push(bytes), begun: () => undefined, leave: () => undefined };
  const body = new ArrivingBody(request as never, room);
  const came = body.come(100_000);
  request.write(Buffer.alloc(10_000));
  await setImmediate();
  expect([body.bytes.length, grown.length]).toEqual([10_000, 1]);
  body.drop();
  request.end(Buffer.alloc(80_000));
  await came;
  expect([body.bytes.length, grown.length]).toEqual([0, 1]);
});

test("a body of unknown length takes no more room than what may come of it", async () => {
  const request = Object.assign(new PassThrough(), { headers: {} });
  let room = 0;
  const grow = (bytes: number) => {
    room += bytes;
  };
  const body = new ArrivingBody(request as never, { grow, begun: () => undefined, leave: () => undefined });
  const came = body.come(100_000);
  for (let sent = 0; sent < 10; sent += 1) request.write(Buffer.alloc(9_900));
  request.end();
  expect(await came).toBe(true);
  expect([body.bytes.length, room]).toEqual([99_000, 100_000]);
});
