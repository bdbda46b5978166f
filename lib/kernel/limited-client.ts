import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "./registry.ts";
import { serverAnswers, socketTo } from "./server-answers.ts";
import { UtcClient } from "./utc-client.ts";

/** For how many milliseconds a transaction waits for one lock, for one statement, and for us between two statements. */
export interface Limits {
  lock: number;
  statement: number;
  idle: number;
  /** After how many milliseconds of a statement the server has to show that it is there at all. */
  silence: number;
}

/** Somebody waits for the answer. */
export const usual: Limits = { lock: 5_000, statement: 10_000, idle: 20_000, silence: 3_000 };

/** Nobody does: at the start, and in jobs. */
export const patient: Limits = { lock: 60_000, statement: 600_000, idle: 60_000, silence: 60_000 };

/** How long a server may take to end a statement that was cancelled, and to answer at all; then its connection is given up. */
const grace = 2_000;

/** The limits of what begins inside, in place of the usual ones. */
export function withLimits<T>(limits: Limits, work: () => Promise<T>): Promise<T> {
  return chosen().run(limits, work);
}

/** One for the whole process, though Next bundles this module for itself. */
const chosen = () => once("limits", () => new AsyncLocalStorage<Limits>());

const presentLimits = (): Limits => chosen().getStore() ?? usual;

type Query = (...args: unknown[]) => unknown;

/**
 * A connection on which nothing waits for ever. A transaction brings its limits along as it begins, in the same message,
 * because a pooler takes no settings for a session. What runs too long is cancelled from here, and a server that does
 * not even do that loses the connection: a transaction left open on it must not become the next one's. A server that
 * hangs is found out earlier, so that people are not kept waiting for it as long as for one that works.
 */
export class LimitedClient extends UtcClient {
  /** Of the transaction that is open. */
  #limits: Limits | undefined;

  constructor(...args: ConstructorParameters<typeof UtcClient>) {
    super(...args);
    const send: Query = (...given) => (super.query as Query)(...given);
    this.query = ((...args: unknown[]) => this.#limited(send, args)) as typeof this.query;
  }

  #limited(send: Query, [given, ...rest]: unknown[]): unknown {
    const text = textOf(given);
    if (text === "BEGIN") {
      this.#limits = presentLimits();
      return this.#timed(send, [{ ...(given as object), text: begin(this.#limits) }, ...rest]);
    }
    const sent = this.#timed(send, [given, ...rest]);
    if (text === "COMMIT" || text === "ROLLBACK") this.#limits = undefined;
    return sent;
  }

  #timed(send: Query, args: unknown[]): unknown {
    const { statement, silence } = this.#limits ?? presentLimits();
    let over = false;
    const ask = setTimeout(async () => {
      if (!(await serverAnswers(this, grace)) && !over) this.#giveUp();
    }, silence);
    let timer = setTimeout(() => {
      this.#cancel();
      timer = setTimeout(() => this.#giveUp(), grace);
    }, statement);
    const end = () => {
      over = true;
      clearTimeout(ask);
      clearTimeout(timer);
    };
    const callback = args.at(-1);
    if (typeof callback === "function")
      return send(...args.slice(0, -1), (...answer: unknown[]) => {
        end();
        callback(...answer);
      });
    return Promise.resolve(send(...args)).finally(end);
  }

  /** PostgreSQL takes a request to cancel on another connection, unencrypted and before anybody signs in. */
  #cancel(): void {
    const { processID, secretKey } = this as unknown as { processID: number; secretKey: number };
    const socket = socketTo(this);
    const message = Buffer.alloc(16);
    for (const [index, word] of [16, 80_877_102, processID, secretKey].entries())
      message.writeInt32BE(word, index * 4);
    socket.on("error", () => undefined);
    // The server hangs up when it is done. PgBouncer 1.18 ends with all its clients when whoever asked does so first.
    socket.setKeepAlive(true).unref();
    socket.resume().write(message);
  }

  #giveUp(): void {
    const { connection } = this as unknown as { connection: { stream: { destroy(): void } } };
    connection.stream.destroy();
  }
}

const textOf = (given: unknown): unknown =>
  typeof given === "object" && given !== null && "text" in given ? given.text : given;

const begin = ({ lock, statement, idle }: Limits): string =>
  `BEGIN; SET LOCAL lock_timeout = ${lock}; SET LOCAL statement_timeout = ${statement}; SET LOCAL idle_in_transaction_session_timeout = ${idle}`;
