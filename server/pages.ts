import { createServer, type RequestListener } from "node:http";
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
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: (request, response) => handle(request, response),
    upgrade: options.dev ? (...args) => httpServer.emit("upgrade", ...args) : undefined,
    close: () => app.close(),
  };
}
