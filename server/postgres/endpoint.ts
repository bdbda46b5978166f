/** Where a server answers: a Unix socket in a folder, or a loopback port with a password. */
export interface Endpoint {
  socketFolder?: string;
  port: number;
  password?: string;
}

export const superuser = "bailiwick";

/** A connection URL that both pg and libpq read. */
export function urlOf(endpoint: Endpoint, database: string): string {
  if (endpoint.socketFolder === undefined) {
    const password = encodeURIComponent(endpoint.password ?? "");
    return `postgresql://${superuser}:${password}@127.0.0.1:${endpoint.port}/${database}`;
  }
  const host = encodeURIComponent(endpoint.socketFolder);
  return `postgresql://${superuser}@localhost:${endpoint.port}/${database}?host=${host}`;
}
