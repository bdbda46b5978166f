import type { Server } from "node:http";
import { pause } from "./pause.ts";

const patience = 10_000;

/** Takes no new request, lets those under way finish for a while, then ends every connection. */
export async function closeListener(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeIdleConnections();
  await Promise.race([closed, pause(patience)]);
  server.closeAllConnections();
  await closed;
}
