import pg from "pg";

/** What pg sends when it opens a connection; its types leave it out. */
interface Opening {
  getStartupConf(): Record<string, string>;
}

/**
 * Asks for UTC as it connects. Prisma's adapter writes instants in UTC without saying so and drops the offset of those that
 * it reads, so in any other time zone of the database what it stores is another instant than JSON and SQL see.
 * A parameter of the connection, unlike `options`, also passes through PgBouncer.
 */
export class UtcClient extends pg.Client {
  getStartupConf(): Record<string, string> {
    return { ...(pg.Client.prototype as unknown as Opening).getStartupConf.call(this), TimeZone: "UTC" };
  }
}
