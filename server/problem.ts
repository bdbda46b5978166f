import type { ServerResponse } from "node:http";

const titles: Record<number, string> = {
  400: "Bad request",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  408: "Request timeout",
  411: "Length required",
  413: "Content too large",
  417: "Expectation failed",
  431: "Request header fields too large",
  500: "Internal error",
  503: "Not ready",
};

/** The body that every door of ours answers failures with (RFC 9457). */
export function problemBody(status: number, detail?: string): string {
  return `${JSON.stringify({ type: "about:blank", title: titles[status] ?? "Error", status, ...(detail ? { detail } : {}) })}\n`;
}

export function sendProblem(response: ServerResponse, status: number, detail?: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = problemBody(status, detail);
  response.writeHead(status, {
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

export function sendHealthy(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(response.req.method === "HEAD" ? undefined : '{"status":"ok"}\n');
}
