import type { Answer } from "./ask.ts";
import type { Bench } from "./bench.ts";
import type { Operation } from "./operation.ts";

/** Pages beside the users list, each with words that only it shows. */
async function pagesOf({ databases, owner }: Bench) {
  const { rows: roles } = await databases.console.query(
    "SELECT key, label FROM roles WHERE NOT superuser ORDER BY key LIMIT 1",
  );
  const { rows: users } = await databases.console.query(
    "SELECT id, username, name FROM users WHERE active AND id <> $1 ORDER BY username_key LIMIT 1",
    [owner.id],
  );
  const { rows: sessions } = await databases.console.query(
    `SELECT username FROM sessions s JOIN users u ON u.id = s.user_id WHERE ended_at IS NULL AND user_id <> $1
    ORDER BY last_used_at DESC, s.id DESC LIMIT 1`,
    [owner.id],
  );
  const [role, user, session] = [roles[0], users[0], sessions[0]];
  return [
    ["users with edit dialog", `/settings/users?size=50&edit=${user.id}`, `Edit ${user.name}`],
    ["roles matrix", "/settings/roles", "Night watch"],
    ["role editor", `/settings/roles/role/${role.key}`, role.label],
    ["calculator", "/settings/roles/tools", "View Dashboard"],
    ["active sessions", "/settings/sessions", session.username],
    ["organizations", "/settings/organizations", "Organization 1"],
    ["account", "/account", owner.username],
    ["security", "/settings/security", "Security"],
  ] as const;
}

/** The other pages as they are opened (HTML), and as a link from the users list leads to them. */
export async function pages(bench: Bench): Promise<Operation[]> {
  const operations: Operation[] = [];
  for (const [title, path, words] of await pagesOf(bench)) {
    const wrong = holding(200, words);
    const page = { ...bench.console.page(path), wrong };
    const link = { ...(await bench.console.link(path, "/settings/users?size=50")), wrong };
    operations.push({ title, by: { console: () => page, rsc: () => link } });
  }
  return operations;
}

/** What answers cost that have next to nothing to say: the floors under pages. */
export async function floors(bench: Bench): Promise<Operation[]> {
  const { text } = await bench.servers.console.ask(bench.stranger.page("/sign-in"));
  const chunk = /\/_next\/static\/[^"]+\.js/.exec(text)?.[0] ?? "";
  const fixed = (
    title: string,
    sent: ReturnType<typeof bench.console.page>,
    status: number,
    words: string,
  ): Operation => {
    const asked = { ...sent, wrong: holding(status, words) };
    return { title, by: { console: () => asked } };
  };
  return [
    fixed("404 page, signed in", bench.console.page("/nowhere"), 404, "<html"),
    fixed("404 page, signed out", bench.stranger.page("/nowhere"), 404, "<html"),
    fixed("sign-in page", bench.stranger.page("/sign-in"), 200, "Username or email"),
    fixed("redirect of /", bench.console.page("/"), 307, ""),
    fixed("static chunk", bench.stranger.page(chunk), 200, "("),
    fixed("/api/health", bench.stranger.page("/api/health"), 200, ""),
  ];
}

const holding =
  (status: number, words: string) =>
  (answer: Answer): string | undefined => {
    if (answer.status !== status) return `answered ${answer.status}, not ${status}`;
    return answer.text.includes(words) ? undefined : `it does not say ${words}`;
  };
