import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { env } from "#lib/kernel/env.ts";
import type { Answer, Order } from "./protocol.ts";

const flags = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];

/** An operation as one of the two sends it. */
export interface Move {
  token: string;
  operation: { name: string };
  input: object;
}

/** Two processes on the database of this test. */
export class Instances {
  #children: ChildProcess[];

  constructor() {
    const settings = { ...process.env, DATABASE_URL: env().databaseUrl, DATABASE_POOL_SIZE: "2" };
    const options = {
      env: settings,
      execArgv: flags,
      stdio: ["ignore", "inherit", "inherit", "ipc"] as const,
    };
    const start = () =>
      fork(join(import.meta.dirname, "instance.ts"), { ...options, stdio: [...options.stdio] });
    this.#children = [start(), start()];
  }

  /** Both have their actor before either begins; then both begin. */
  async race(moves: readonly [Move, Move], at: number): Promise<Answer[]> {
    const ready = await this.#tell(moves.map(({ token }) => ({ what: "ready", at, token })));
    if (ready.some(({ outcome }) => outcome !== "user")) throw new Error("Somebody was not signed in.");
    return this.#tell(
      moves.map(({ operation, input }) => ({ what: "go", at, operation: operation.name, input })),
    );
  }

  #tell(orders: readonly Order[]): Promise<Answer[]> {
    return Promise.all(
      orders.map(async (order, index) => {
        const child = this.#children[index] as ChildProcess;
        const answer = once(child, "message", { signal: AbortSignal.timeout(30_000) });
        child.send(order);
        return (await answer)[0] as Answer;
      }),
    );
  }

  async end(): Promise<void> {
    const gone = this.#children.map((child) => once(child, "exit"));
    for (const child of this.#children) child.disconnect();
    await Promise.all(gone);
  }
}
