import type { IncomingMessage } from "node:http";

/** The token of the Authorization header. Anything that is no bearer token is none. */
export const bearerToken = ({ headers }: IncomingMessage): string | undefined =>
  /^Bearer +([\w.~+/=-]{1,200})$/i.exec(headers.authorization ?? "")?.[1];
