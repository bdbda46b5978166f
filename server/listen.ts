import type { Server } from "node:net";
import { StartError } from "#lib/kernel/errors.ts";

/** Listens, or says in one sentence why not. Returns the port, which differs from the wish when that was 0. */
export function listen(server: Server, port: number, host: string | undefined): Promise<number> {
  return new Promise((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => fail(refusal(error, port, host)));
    server.listen({ port, host }, () => done((server.address() as { port: number }).port));
  });
}

function refusal(error: NodeJS.ErrnoException, port: number, host: string | undefined): StartError {
  if (error.code === "EADDRINUSE") {
    return new StartError(
      "port_in_use",
      `Port ${port} is in use: stop the program that uses it, or choose another with PORT, such as PORT=${port + 1}.`,
    );
  }
  if (error.code === "EACCES") {
    return new StartError(
      "port_reserved",
      `Port ${port} may not be opened by this account: choose one above 1023 with PORT, such as PORT=3000.`,
    );
  }
  return new StartError(
    "listening_failed",
    `Listening on ${host ?? "every interface"}, port ${port}, failed (${error.code}): check HOST and PORT.`,
  );
}

/** Where a person on this machine opens the console. */
export function addressOf(port: number, host: string | undefined, publicUrl: string | undefined): string {
  if (publicUrl) return publicUrl;
  const local = !host || ["0.0.0.0", "::", "127.0.0.1", "::1"].includes(host);
  return `http://${local ? "localhost" : inUrl(host)}:${port}`;
}

/** Where this process reaches itself. */
export function reachableHost(host: string | undefined): string {
  return !host || host === "0.0.0.0" || host === "::" ? "127.0.0.1" : inUrl(host);
}

const inUrl = (host: string) => (host.includes(":") ? `[${host}]` : host);
