import { connect } from "node:net";
import { afterRunning } from "./after-running.ts";

interface Endpoint {
  host: string;
  port: number;
}

export const socketTo = ({ host, port }: Endpoint) =>
  host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);

/** "Do you speak TLS?": what PostgreSQL and poolers answer with one letter, before they ask who is there. */
const question = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * Whether a database server still does anything at all. One that is stopped, or whose host hangs, takes connections,
 * since its kernel does that, and then is silent. Refusing the connection is an answer: a pooler that shuts down
 * refuses new ones and goes on with the old ones.
 * @param within milliseconds after which it counts as silent, of those in which this process can listen
 */
export function serverAnswers(endpoint: Endpoint, within: number): Promise<boolean> {
  const socket = socketTo(endpoint).unref();
  return new Promise((resolve) => {
    const callOff = afterRunning(within, () => decide(false));
    const decide = (answers: boolean) => {
      callOff();
      socket.destroy();
      resolve(answers);
    };
    socket.on("data", () => decide(true));
    socket.on("error", () => decide(true));
    socket.on("end", () => decide(true));
    socket.write(question);
  });
}
