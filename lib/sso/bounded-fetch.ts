import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { AppError } from "#lib/kernel/errors.ts";

/** A provider answers in time and in size, or not at all. */
const patience = 6_000;
const largest = 512 * 1024;

/** Where no provider lives, and machines of a cloud tell their secrets to whoever asks. */
const closed = new BlockList();
closed.addSubnet("169.254.0.0", 16, "ipv4");
closed.addSubnet("fe80::", 10, "ipv6");
closed.addAddress("fd00:ec2::254", "ipv6");

/** Asks a provider. Never follows where it points to, and never takes more than `largest`. */
export async function boundedFetch(url: string, init: RequestInit = {}): Promise<Response> {
  await refuseClosed(new URL(url).hostname);
  const signal = AbortSignal.timeout(patience);
  const response = await fetch(url, { ...init, redirect: "manual", signal }).catch((error: unknown) => {
    throw unreachable(url, error);
  });
  const { status, headers } = response;
  const body = await readAll(response, url);
  return new Response(nullBody.has(status) ? null : body, { status, headers });
}

const nullBody = new Set([204, 205, 304]);

async function refuseClosed(hostname: string): Promise<void> {
  const bare = hostname.replace(/^\[|\]$/g, "");
  const found = isIP(bare)
    ? [{ address: bare, family: isIP(bare) }]
    : await lookup(bare, { all: true }).catch(() => []);
  const isClosed = found.some(({ address, family }) => closed.check(address, family === 6 ? "ipv6" : "ipv4"));
  if (isClosed)
    throw new AppError("invalid", "provider_unreachable", "No provider is looked for at this address.");
}

async function readAll(response: Response, url: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > largest) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw unreachable(url, error);
  }
  if (size > largest) {
    const message = `${new URL(url).host} answered with more than ${largest / 1024} KiB, which is no answer of a provider.`;
    throw new AppError("invalid", "provider_unreadable", message);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function unreachable(url: string, error: unknown): AppError {
  const late = error instanceof Error && error.name === "TimeoutError";
  const message = late
    ? `${new URL(url).host} did not answer within ${patience / 1000} seconds.`
    : `${new URL(url).host} cannot be reached from here: look at the address, and at firewalls and certificates on the way.`;
  return new AppError("invalid", "provider_unreachable", message);
}
