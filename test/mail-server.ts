import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { env } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/registry.ts";

export interface Received {
  from: string;
  to: string[];
  text: string;
}

/** A mail server that takes everything, at this port or any, set as the console's own; `close` stops it. */
export async function openMailServer(at = 0): Promise<{ received: Received[]; close: () => Promise<void> }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    async onData(stream, session, done) {
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part as Buffer);
      const { mailFrom, rcptTo } = session.envelope;
      received.push({
        from: mailFrom ? mailFrom.address : "",
        to: rcptTo.map(({ address }) => address),
        text: Buffer.concat(parts).toString("utf8"),
      });
      done();
    },
  });
  server.listen(at, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const mail = { server: `smtp://127.0.0.1:${port}`, from: "Bailiwick <console@example.com>" };
  Object.assign(registry(), { env: { ...env(), mail } });
  return { received, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** A mail's text without the line breaks that its encoding adds. */
export const plainText = ({ text }: Received) => text.replaceAll(/=\r\n/g, "").replaceAll("=3D", "=");
