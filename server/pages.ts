import { createServer, type RequestListener } from "node:http";
import { aloneWithFaults } from "./alone-with-faults.ts";
import { sendProblem } from "./problem.ts";
import { projectFolder } from "./project-folder.ts";

export interface Pages {
  handle: RequestListener;
  /** Development only: Next's hot reload speaks over a socket of its own. */
  upgrade: ((...args: unknown[]) => void) | undefined;
  close: () => Promise<void>;
}

/** Next behind our listener. It is loaded here and not before: it reads the environment while it loads. */
export async function loadPages(options: { dev: boolean; port: number; hostname: string }): Promise<Pages> {
  const { default: next } = await import("next");
  // Next takes over upgrades of the server that it is given; in production nothing may be upgraded.
  const httpServer = createServer();
  const app = next({ dir: projectFolder, quiet: !options.dev, httpServer, ...options });
  // In development Next speaks to the person at the terminal.
  if (options.dev) await app.prepare();
  else await aloneWithFaults(() => app.prepare());
  const handle = app.getRequestHandler();
  const { parseAndValidateFlightRouterState: readTree } = await import(
    "next/dist/server/app-render/parse-and-validate-flight-router-state.js"
  );
  return {
    handle: (request, response) =>
      isReadable(request.headers["next-router-state-tree"], readTree)
        ? handle(request, response)
        : sendProblem(response, 400),
    upgrade: options.dev ? (...args) => httpServer.emit("upgrade", ...args) : undefined,
    close: () => app.close(),
  };
}

/** Whether the router in the browser may have sent this: Next itself takes what it cannot read for an error of its own. */
function isReadable<T>(header: T, read: (header: T) => unknown): boolean {
  try {
    read(header);
    return true;
  } catch {
    return false;
  }
}
