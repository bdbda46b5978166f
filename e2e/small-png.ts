import { crc32, deflateSync } from "node:zlib";
import type { Page } from "@playwright/test";

/** The same picture with at most 256 colours, which a screen of text and lines hardly shows, at a third of the size. */
export async function smallPng(page: Page, png: Buffer): Promise<Buffer> {
  const { width, height, palette, pixels } = await page.evaluate(readColours, png.toString("base64"));
  const rows = Buffer.alloc((width + 1) * height);
  const indexes = Buffer.from(pixels, "base64");
  for (let y = 0; y < height; y += 1) indexes.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette)),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Runs in the browser, which can read the picture: 256 colours that stand for all, and for each pixel the nearest. */
async function readColours(base64: string) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (!context) throw new Error("This browser cannot draw.");
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const colours = Array.from({ length: width * height }, (_, index) =>
    data.subarray(index * 4, index * 4 + 3).reduce((sum, part) => sum * 256 + part, 0),
  );
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const parts = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255] as const;
  const frequent = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  // The most frequent of each kind first, so that a small green dot stays green beside a page of greys.
  const kinds = new Map<number, number>();
  for (const colour of frequent) {
    const kind = colour & 0xf0f0f0;
    if (!kinds.has(kind)) kinds.set(kind, colour);
  }
  const chosen = [...new Set([...[...kinds.values()].slice(0, 192), ...frequent])].slice(0, 256);
  const distance = (a: number, b: number) =>
    parts(a).reduce((sum, part, index) => sum + (part - (parts(b)[index] ?? 0)) ** 2, 0);
  const nearest = new Map(chosen.map((colour, index) => [colour, index]));
  for (const colour of counts.keys()) {
    if (nearest.has(colour)) continue;
    const best = chosen.reduce((one, other) =>
      distance(other, colour) < distance(one, colour) ? other : one,
    );
    nearest.set(colour, nearest.get(best) ?? 0);
  }
  const letters = colours.map((colour) => String.fromCharCode(nearest.get(colour) ?? 0));
  return { width, height, palette: chosen.flatMap(parts), pixels: btoa(letters.join("")) };
}
