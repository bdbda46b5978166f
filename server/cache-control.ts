import type { ServerResponse } from "node:http";

/** Nothing is stored but the build's own files, whose names change with their content; whatever Next says. */
export function forbidStoring(response: ServerResponse, path: string): void {
  const writeHead = response.writeHead;
  response.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    const status = args[0] as number;
    const immutable = path.startsWith("/_next/static/") && (status < 300 || status === 304);
    if (!immutable) {
      response.setHeader("cache-control", "no-store");
      const given = args.at(-1);
      if (given && typeof given === "object" && !Array.isArray(given)) {
        for (const name of Object.keys(given)) {
          if (name.toLowerCase() === "cache-control") delete (given as Record<string, unknown>)[name];
        }
      }
    }
    return Reflect.apply(writeHead, this, args);
  } as typeof response.writeHead;
}
