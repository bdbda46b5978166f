import { z } from "zod";
import type { Reader, Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { hashToken, newSecretToken } from "#lib/kernel/secret-token.ts";
import type { Vouched } from "#lib/sso/index.ts";
import { startSchema } from "./schema.ts";

/** How long somebody has at the provider. */
export const requestLifetime = 15 * 60_000;
/** The redirect from the provider's answer to the page that lets the browser in follows at once. */
const ticketLifetime = 2 * 60_000;

/** What a browser is known by between start and finish: the cookie's hash. */
export const browserMark = (cookie: string): string => Buffer.from(hashToken(cookie)).toString("base64url");

/** What is kept of a request until its answer comes. */
export const requestSchema = z.object({
  provider: z.string(),
  /** Which browser brings it: the hash of its cookie. */
  browser: z.string(),
  next: z.string(),
  purpose: startSchema.shape.purpose,
  /** The session that it is for, unless it is to make one. */
  session: z.string().optional(),
  /** When the person left for the provider, in epoch milliseconds. */
  leftAt: z.number(),
});
export type SamlRequest = z.infer<typeof requestSchema>;

/** What is kept of an answer until the browser comes for its session. */
export const ticketSchema = z.object({
  /** None when the provider sent somebody whom nobody here asked for. */
  request: requestSchema.optional(),
  /** Judged again by whoever lets them in. */
  vouched: z
    .custom<Vouched>((value) => typeof value === "object" && value !== null)
    .transform(({ authenticatedAt, ...word }): Vouched => {
      return { ...word, authenticatedAt: authenticatedAt && new Date(authenticatedAt) };
    }),
});
export type SamlTicket = z.infer<typeof ticketSchema>;

type Kind = "saml_request" | "saml_ticket";

async function keep(
  tx: Tx,
  kind: Kind,
  secret: string,
  data: object,
  at: Date,
  lifetime: number,
): Promise<void> {
  const expiresAt = new Date(at.getTime() + lifetime);
  const id = newId(at.getTime());
  await tx.oneTimeToken.create({
    data: {
      id,
      kind,
      tokenHash: hashToken(secret),
      data: JSON.parse(JSON.stringify(data)),
      createdAt: at,
      expiresAt,
    },
    select: { id: true },
  });
}

async function find(reader: Reader | Tx, kind: Kind, secret: string, at: Date): Promise<unknown> {
  const row = await reader.oneTimeToken.findUnique({
    where: { tokenHash: hashToken(secret) },
    select: { kind: true, data: true, expiresAt: true },
  });
  return row?.kind === kind && row.expiresAt > at ? row.data : undefined;
}

/** Only one of any number at once gets true. */
async function spend(tx: Tx, kind: Kind, secret: string, at: Date): Promise<boolean> {
  const where = { kind, tokenHash: hashToken(secret), expiresAt: { gt: at } };
  return (await tx.oneTimeToken.deleteMany({ where })).count === 1;
}

export const keepRequest = (tx: Tx, id: string, request: SamlRequest, at: Date): Promise<void> =>
  keep(tx, "saml_request", id, request, at, requestLifetime);

/** Whether somebody is at this provider on trial. */
export async function isTestUnderWay(reader: Reader, provider: string, at: Date): Promise<boolean> {
  const tests = await reader.oneTimeToken.findFirst({
    where: {
      kind: "saml_request",
      expiresAt: { gt: at },
      AND: [
        { data: { path: ["provider"], equals: provider } },
        { data: { path: ["purpose"], equals: "test" } },
      ],
    },
    select: { id: true },
  });
  return tests !== null;
}

export async function spendRequest(tx: Tx, id: string, at: Date): Promise<SamlRequest | undefined> {
  const found = requestSchema.safeParse(await find(tx, "saml_request", id, at));
  return found.success && (await spend(tx, "saml_request", id, at)) ? found.data : undefined;
}

export async function issueSamlTicket(tx: Tx, ticket: SamlTicket, at: Date): Promise<string> {
  const token = newSecretToken();
  await keep(tx, "saml_ticket", token, ticket, at, ticketLifetime);
  return token;
}

export async function findSamlTicket(tx: Tx, token: string, at: Date): Promise<SamlTicket | undefined> {
  const found = ticketSchema.safeParse(await find(tx, "saml_ticket", token, at));
  return found.success ? found.data : undefined;
}

export const spendSamlTicket = (tx: Tx, token: string, at: Date): Promise<boolean> =>
  spend(tx, "saml_ticket", token, at);
