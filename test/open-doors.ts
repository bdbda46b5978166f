import { afterAll, beforeAll, beforeEach } from "vitest";
import { database } from "#lib/kernel/database.ts";
import { newHttpPort } from "#server/http-port.ts";
import { listen } from "#server/listen.ts";
import { openInstallation } from "./installation.ts";
import { listenerWith } from "./listener-with.ts";

/** The console's doors over HTTP, for a test file. The pages behind them are not there. */
export function openDoors(trustedProxies: string[] = []): { origin: string } {
  const port = newHttpPort();
  const console = { origin: "" };
  beforeAll(() => openInstallation());
  beforeAll(async () => {
    console.origin = `http://127.0.0.1:${await listen(port.server, 0, "127.0.0.1")}`;
    port.serve(listenerWith({ trustedProxies }));
  });
  afterAll(() => port.close());
  beforeEach(() => database().rateLimit.deleteMany());
  return console;
}
