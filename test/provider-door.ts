import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { database } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { type OidcProvider, providersOf } from "#lib/providers/index.ts";
import { enterVouched, type Vouched } from "#lib/sso/index.ts";
import type { Journey, Purpose } from "#lib/web/journey.ts";
import { comeBack, type Keeper, leaveFor } from "#lib/web/provider-dance.ts";
import { visitor } from "./people.ts";

/** What became of one way back from a provider. */
export interface Arrival {
  token?: string | undefined;
  vouched?: Vouched;
  journey?: Journey;
  error?: AppError;
}

export interface ProviderDoor {
  origin: string;
  /** Where a browser goes to sign in through this provider. */
  leave(slug: string, purpose?: Purpose): string;
  /** Arrivals in their order. */
  arrivals: Arrival[];
  /** The one that was last. */
  last(): Arrival;
  stop(): Promise<void>;
}

/** The console's way to a provider and back, over HTTP and without its pages: the same dance that they take. */
export async function openProviderDoor(): Promise<ProviderDoor> {
  const arrivals: Arrival[] = [];
  const server = createServer((request, response) => {
    answer(request, response, arrivals).catch((error) =>
      response.writeHead(500).end(error instanceof AppError ? error.reason : String(error)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    leave: (slug, purpose = "enter") => `${origin}/leave/${slug}?purpose=${purpose}`,
    arrivals,
    last: () => arrivals.at(-1) ?? {},
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, arrivals: Arrival[]) {
  const origin = `http://${request.headers.host}`;
  const url = new URL(request.url ?? "/", origin);
  const slug = url.pathname.split("/").at(-1) ?? "";
  const provider = (await providersOf(database())).find((one) => one.slug === slug);
  if (provider?.kind !== "oidc") return response.writeHead(404).end();
  const keeper = keeperOf(request, response, origin);
  if (url.pathname.startsWith("/leave/")) {
    const purpose = url.searchParams.get("purpose") as Purpose;
    const to = await leaveFor(provider, keeper, { purpose, next: "/", at: new Date() });
    return response.writeHead(303, { location: to }).end();
  }
  const arrival = await arrive(provider, keeper, url.searchParams);
  arrivals.push(arrival);
  response.writeHead(arrival.error ? 403 : 200).end(arrival.error?.message ?? "in");
}

async function arrive(provider: OidcProvider, keeper: Keeper, parameters: URLSearchParams): Promise<Arrival> {
  const arrival: Arrival = {};
  try {
    arrival.token = await comeBack(provider, keeper, parameters, async (vouched, journey) => {
      Object.assign(arrival, { vouched, journey });
      const call = { ...visitor(), actor: { kind: "system", name: "single sign-on" } as const };
      return (await runCommand(enterVouched, call, vouched)).token;
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    arrival.error = error;
  }
  return arrival;
}

function keeperOf(request: IncomingMessage, response: ServerResponse, origin: string): Keeper {
  const sent = (request.headers.cookie ?? "").split("; ").map((pair) => pair.split("=") as [string, string]);
  const jar = new Map(sent);
  return {
    origin,
    secure: false,
    cookie: (name) => jar.get(name),
    keep: (name, value) => response.appendHeader("set-cookie", `${name}=${value}; Path=/; HttpOnly`),
    forget: (name) => response.appendHeader("set-cookie", `${name}=; Path=/; Max-Age=0`),
  };
}
