import { broadRole, password } from "../population/markers.ts";
import type { Answer, Sent } from "./ask.ts";
import type { Bench } from "./bench.ts";
import { signInWithBetterAuth } from "./better-auth.ts";
import { addExpendable, type Ids, left } from "./expendable.ts";
import { floorPost } from "./floor-client.ts";
import type { Exchange, Operation } from "./operation.ts";
import { roleChange } from "./role-change.ts";

/** What administrators do to users, and signing in. Run them in their order: who is deleted was deactivated before. */
export async function commands(bench: Bench): Promise<Operation[]> {
  const expendable = await addExpendable(bench);
  // Deleting a user asks to re-authenticate when the last proof is too old.
  await bench.databases.console.query("UPDATE sessions SET proven_at = now() WHERE user_id = $1", [
    bench.owner.id,
  ]);
  return [
    await roleChange(bench, [1, 8]),
    createUser(bench),
    deactivate(bench, expendable),
    remove(bench, expendable),
    await signIn(bench),
  ];
}

const okWith =
  (text: string) =>
  (answer: Answer): string | undefined =>
    answer.status === 200 && answer.text.includes(text)
      ? undefined
      : `answered ${answer.status} without ${text}: ${answer.text.slice(0, 300)}`;

function createUser(bench: Bench): Operation {
  let count = 0;
  const named = () => {
    count += 1;
    const username = `newcomer${count}.${Date.now()}`;
    return { username, email: `${username}@example.com`, password, role: "user" };
  };
  return {
    title: "create user",
    by: {
      console: async () => {
        const { role, ...person } = named();
        const fields = { ...person, givenName: "New", familyName: "Comer", roles: role };
        const sent = await bench.console.form("/settings/users?size=50&add=", "createUserForm", fields);
        return { ...sent, wrong: okWith(`User created successfully: ${person.username}`) };
      },
      better_auth: () => {
        const { username, ...person } = named();
        const sent = bench.betterAuth.post("/admin/create-user", { ...person, name: "New Comer" });
        return { ...sent, wrong: okWith(person.email) };
      },
      floor: () => ({ ...floorPost("create", { ...named(), name: "New Comer" }), wrong: okWith('"id"') }),
    },
  };
}

/** Each of them once, as long as there are any. Whom it was done to is noted. */
const forEach = (
  ids: readonly string[],
  done: string[],
  request: (id: string) => Sent | Promise<Sent>,
  right: (id: string) => string,
): Exchange => {
  let next = 0;
  return async () => {
    const id = ids[next];
    if (id === undefined) return undefined;
    next += 1;
    const wrong = (answer: Answer) => {
      const why = okWith(right(id))(answer) ?? refusedIn(answer);
      if (why === undefined) done.push(id);
      return why;
    };
    return { ...(await request(id)), wrong };
  };
};

/** A bulk action answers with every user it was asked about, and says why it refused one. */
const refusedIn = ({ text }: Answer) =>
  text.includes('"why":') ? `refused: ${text.slice(0, 300)}` : undefined;

function deactivate(bench: Bench, ids: Ids): Operation {
  const done: Ids = { console: [], better_auth: [], floor: [] };
  const ban = (userId: string) => bench.betterAuth.post("/admin/ban-user", { userId });
  return {
    title: "deactivate user",
    by: {
      console: forEach(ids.console, done.console, bulk(bench, "deactivateUsersForm"), String),
      better_auth: forEach(ids.better_auth, done.better_auth, ban, () => '"banned":true'),
      floor: forEach(ids.floor, done.floor, (id) => floorPost("deactivate", { id }), String),
    },
    settled: () => left(bench, done, "active"),
  };
}

function remove(bench: Bench, ids: Ids): Operation {
  const done: Ids = { console: [], better_auth: [], floor: [] };
  const removeUser = (userId: string) => bench.betterAuth.post("/admin/remove-user", { userId });
  return {
    title: "delete user",
    by: {
      console: forEach(ids.console, done.console, bulk(bench, "deleteUsersForm"), String),
      better_auth: forEach(ids.better_auth, done.better_auth, removeUser, () => '"success":true'),
      floor: forEach(ids.floor, done.floor, (id) => floorPost("delete", { id }), String),
    },
    settled: () => left(bench, done, "there"),
  };
}

const bulk = (bench: Bench, action: string) => (id: string) =>
  bench.console.form("/settings/users?size=50", action, { ids: id });

/** The POST alone: where a browser goes on to is a page of its own. Addresses differ, so that no limiter stands in the way. */
async function signIn(bench: Bench): Promise<Operation> {
  const { rows } = await bench.databases.floor.query<{ username: string; email: string }>(
    "SELECT username, email FROM users WHERE active AND role = $1 ORDER BY joined LIMIT 500",
    [broadRole],
  );
  let count = 0;
  const next = () => {
    count += 1;
    const person = rows[count % rows.length] as (typeof rows)[number];
    return { ...person, address: `198.18.${(count >> 8) & 255}.${count & 255}` };
  };
  return {
    title: "sign-in",
    workers: [1, 8],
    by: {
      console: async () => {
        const { username, address } = next();
        const fields = { next: "/", identifier: username, password };
        const sent = await bench.stranger.form("/sign-in", "signInForm", fields);
        const wrong = ({ status, headers, text }: Answer) =>
          String(headers["set-cookie"]).includes("bailiwick-session=") && headers["x-action-redirect"]
            ? undefined
            : `answered ${status}: ${text.slice(0, 300)}`;
        return { ...sent, headers: { ...sent.headers, "x-forwarded-for": address }, wrong };
      },
      better_auth: () => ({
        ...signInWithBetterAuth(bench.addresses.better_auth.origin, next().email),
        wrong: okWith('"token":'),
      }),
      floor: () => ({
        ...floorPost("sign-in", { email: next().email, password }),
        wrong: okWith('"token":'),
      }),
    },
  };
}
