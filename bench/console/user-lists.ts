import type { Answer } from "./ask.ts";

/** A list of users as an answer shows it: names in their order, and how many match where it says so. */
export interface Shown {
  names: string[];
  /** In the console's words: "1,000 users", "about 10,000 users". */
  total: string | undefined;
}

/** What is wrong with a list: every row is looked at. */
export function wrongList(shown: Shown, wanted: Shown): string | undefined {
  if (shown.names.length !== wanted.names.length)
    return `${shown.names.length} rows, not ${wanted.names.length}`;
  const row = shown.names.findIndex((name, index) => name !== wanted.names[index]);
  if (row >= 0) return `row ${row + 1} is ${shown.names[row]}, not ${wanted.names[row]}`;
  if (shown.total !== wanted.total) return `it says ${shown.total}, not ${wanted.total}`;
  return undefined;
}

/** Checks an answer that `read` finds a list in. */
export const showsList =
  (read: (text: string) => Shown, wanted: Shown) =>
  ({ status, text }: Answer): string | undefined =>
    status === 200 ? wrongList(read(text), wanted) : `answered ${status}`;

/** In what people see of a page: each row by its address, and the sentence below the table. */
export function listInHtml(html: string): Shown {
  const body = html.slice(html.indexOf("<tbody"), html.indexOf("</tbody>"));
  const names = body
    .split("<tr")
    .slice(1)
    .map((row) => /([\w.-]+)@/.exec(textOf(row))?.[1] ?? "");
  const total = /(?:about )?[\d,]+ users?(?! )/.exec(textOf(html.slice(html.indexOf("</tbody>"))));
  return { names: html.includes("<tbody") ? names : [], total: total?.[0] };
}

const textOf = (html: string) => html.replace(/<wbr\/>|<!-- -->/g, "").replace(/<[^>]*>/g, "\n");

/** In the data of a page: what its table is given. */
export function listInFlight(flight: string): Shown {
  const page = /"total":(\d+),"capped":(true|false),"rows":\[(.*)/.exec(flight);
  if (!page) return { names: [], total: undefined };
  const [, total = "", capped, rows = ""] = page;
  const names = [...rows.matchAll(/"username":"([^"]*)","email"/g)].map(([, name]) => name ?? "");
  return { names, total: totalInWords(Number(total), capped === "true") };
}

/** As the console says how many match. */
export const totalInWords = (total: number, capped: boolean): string =>
  `${capped ? "about " : ""}${total.toLocaleString("en")} ${total === 1 ? "user" : "users"}`;

export function listOfBetterAuth(text: string): Shown {
  const { users, total } = JSON.parse(text) as { users: { email: string }[]; total: number };
  return { names: users.map(({ email }) => email), total: String(total) };
}

export function listOfFloor(text: string): Shown {
  const { users } = JSON.parse(text) as { users: { username: string }[] };
  return { names: users.map(({ username }) => username), total: undefined };
}
