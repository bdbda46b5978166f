import { createServer, type RequestListener, type Server } from "node:http";
import { answerBrokenRequests, type Upgrade } from "./broken-requests.ts";
import { forbidStoring } from "./cache-control.ts";
import { sendHealthy, sendProblem } from "./problem.ts";
import { contentSecurityPolicy, newNonce, securityHeaders } from "./security-headers.ts";

export interface HttpPort {
  server: Server;
  /** From here on requests are answered by `handler`; until then they are told to come back. */
  serve(handler: RequestListener, upgrade?: Upgrade): void;
}

const patience = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
};

export function newHttpPort(): HttpPort {
  let answer: RequestListener = notYet;
  const server = createServer(patience, (request, response) => answer(request, response));
  const setUpgrade = answerBrokenRequests(server);
  return {
    server,
    serve: (handler, upgrade) => {
      answer = handler;
      if (upgrade) setUpgrade(upgrade);
    },
  };
}

/** A console that migrates for minutes lives: whoever watches it by `/api/health` must not end it. */
const notYet: RequestListener = (request, response) => {
  const headers = securityHeaders({ policy: contentSecurityPolicy(newNonce()), secure: false });
  response.setHeaders(
    new Map(Object.entries({ ...headers, ...(request.url !== "/api/health" && { "retry-after": "2" }) })),
  );
  forbidStoring(response, "");
  if (request.url === "/api/health") sendHealthy(response);
  else sendProblem(response, 503, "Bailiwick is starting.");
};
