import type { Bench } from "./bench.ts";
import type { Exchange } from "./operation.ts";
import { bring } from "./scim.ts";
import { patchOf, scimClient } from "./scim-client.ts";

/** Each worker switches somebody of its own off and on again: a change of access for every request. */
export async function switchers(bench: Bench, workers: number): Promise<Exchange> {
  const client = await scimClient(bench.databases.console, "", 10);
  const people = await bring(bench.servers.console.ask, client, workers);
  const active = people.map(() => true);
  return (worker) => {
    const id = people[worker]?.id;
    const next = !active[worker];
    active[worker] = next;
    return {
      ...client("PATCH", `/Users/${id}`, patchOf({ op: "replace", path: "active", value: next })),
      wrong: ({ status, text }) => (status === 200 ? undefined : `answered ${status}: ${text.slice(0, 200)}`),
    };
  };
}
