import { thrownByDatabase } from "#lib/kernel/thrown-by-database.ts";

const codes =
  /^(ECONN\w+|EPIPE|ENOENT|ENOTFOUND|EAI_\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|08001|08004|08006|57P0[123]|53300)$/;
/** What pg says without a code, and PgBouncer of a server that it does not reach. */
const words = /timeout|terminated|server_login_retry/i;

/** Whether a connection failed as they do while a machine, its network or PostgreSQL is still starting, or shutting down. */
export const isNotUpYet = (error: unknown): boolean =>
  thrownByDatabase(error).some(
    (one) => one.codes.some((code) => codes.test(code)) || words.test(one.message),
  );
