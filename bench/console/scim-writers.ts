import type { Bench } from "./bench.ts";
import type { Exchange } from "./operation.ts";
import { victims } from "./role-change.ts";
import { patchOf, scimClient } from "./scim-client.ts";

/** Each worker switches somebody of its own off and on again: a change of access for every request. */
export async function switchers(bench: Bench, workers: number): Promise<Exchange> {
  const database = bench.databases.console;
  const client = await scimClient(database, "", 10);
  const people = await victims(bench, workers);
  // As if the client had brought them: who is there stays the same for whoever counts them.
  for (const { id } of people)
    await database.query(
      `INSERT INTO scim_users (user_id, provider, user_name_key, email_keys, resource, created_at, updated_at)
      SELECT id, '', username_key, ARRAY[email_key], jsonb_build_object('userName', username, 'active', true,
        'emails', jsonb_build_array(jsonb_build_object('value', email, 'primary', true))), now(), now()
      FROM users WHERE id = $1 ON CONFLICT DO NOTHING`,
      [id],
    );
  const active = people.map(() => true);
  return (worker) => {
    const next = !active[worker];
    active[worker] = next;
    return {
      ...client(
        "PATCH",
        `/Users/${people[worker]?.id}`,
        patchOf({ op: "replace", path: "active", value: next }),
      ),
      wrong: ({ status, text }) => (status === 200 ? undefined : `answered ${status}: ${text.slice(0, 200)}`),
    };
  };
}
