import type { Answer, Ask, Sent } from "./ask.ts";
import type { Bench } from "./bench.ts";
import type { Exchange, Operation } from "./operation.ts";
import { addSyncingProvider, newcomer, patchOf, type Scim, scimClient } from "./scim-client.ts";

/** An operation that concerns several people in one request. */
export interface ScimOperation extends Operation {
  members?: number;
}

/** What a provisioning client does. Call it last: from then on the provider's role sync keeps users read-only. */
export async function scim(bench: Bench): Promise<ScimOperation[]> {
  const database = bench.databases.console;
  const { ask } = bench.servers.console;
  await addSyncingProvider(database);
  const company = await scimClient(database, "company", 40);
  const unsynced = await scimClient(database, "", 10);
  const people = await bring(ask, company, 200);
  const [first] = people as [Brought];
  const unmapped = await group(ask, company, "unmapped", people);
  const hosts = await group(ask, company, "hosts", people);
  const byFilter = `/Users?filter=${encodeURIComponent(`userName eq "${first.userName}"`)}`;
  const fixed = (sent: () => Sent, wrong: (answer: Answer) => string | undefined): Operation["by"] => ({
    console: () => ({ ...sent(), wrong }),
  });
  return [
    { title: "POST user", workers: [1, 8], by: { console: posts(company) } },
    { title: "POST user, token without provider", by: { console: posts(unsynced) } },
    {
      title: "GET list of 100",
      by: fixed(
        () => company("GET", "/Users?count=100"),
        listed((found) => found.Resources.length === 100 && found.totalResults >= 200),
      ),
    },
    {
      title: "GET by filter",
      by: fixed(
        () => company("GET", byFilter),
        listed((found) => found.totalResults === 1 && found.Resources[0]?.id === first.id),
      ),
    },
    {
      title: "GET one",
      by: fixed(
        () => company("GET", `/Users/${first.id}`),
        read(200, (found: Brought) => found.userName === first.userName),
      ),
    },
    { title: "PATCH user, one attribute", by: { console: titles(company, first) } },
    grows(unmapped, "no rule fits", 100),
    grows(hosts, "a rule fits", 25),
    grows(hosts, "a rule fits", 100),
  ];
}

interface Brought {
  id: string;
  userName: string;
  title?: string;
}

async function bring(ask: Ask, client: Scim, count: number): Promise<Brought[]> {
  const brought: Brought[] = [];
  for (let n = 0; n < count; n += 1) {
    const answer = await ask(client("POST", "/Users", newcomer()));
    if (answer.status !== 201) throw new Error(`SCIM creates no user: ${answer.status} ${answer.text}`);
    brought.push(JSON.parse(answer.text));
  }
  return brought;
}

const posts =
  (client: Scim): Exchange =>
  () => {
    const resource = newcomer();
    return {
      ...client("POST", "/Users", resource),
      wrong: read(201, (found: Brought) => found.userName === resource.userName),
    };
  };

function titles(client: Scim, { id }: Brought): Exchange {
  let count = 0;
  return () => {
    count += 1;
    const title = `Title ${count}`;
    return {
      ...client("PATCH", `/Users/${id}`, patchOf({ op: "replace", path: "title", value: title })),
      wrong: read(200, (found: Brought) => found.title === title),
    };
  };
}

interface Group {
  add(size: number): Sent;
  empty(): Promise<void>;
}

async function group(
  ask: Ask,
  client: Scim,
  displayName: string,
  people: readonly Brought[],
): Promise<Group> {
  const schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group"];
  const made = await ask(client("POST", "/Groups", { schemas, displayName, members: [] }));
  if (made.status !== 201) throw new Error(`SCIM makes no group: ${made.status} ${made.text}`);
  const change = (operation: object) =>
    client("PATCH", `/Groups/${JSON.parse(made.text).id}`, patchOf({ path: "members", ...operation }));
  return {
    add: (size) => change({ op: "add", value: people.slice(0, size).map(({ id }) => ({ value: id })) }),
    async empty() {
      const answer = await ask(change({ op: "remove" }));
      if (answer.status !== 204) throw new Error(`SCIM empties no group: ${answer.status} ${answer.text}`);
    },
  };
}

/** An empty group gets so many members with one request. */
const grows = ({ add, empty }: Group, what: string, members: number): ScimOperation => ({
  title: `PATCH group +${members}, ${what}`,
  members,
  before: empty,
  by: {
    console: () => ({
      ...add(members),
      wrong: ({ status, text }) => (status === 204 ? undefined : `answered ${status}: ${text.slice(0, 300)}`),
    }),
  },
});

const read =
  <T>(expected: number, fits: (found: T) => boolean) =>
  ({ status, text }: Answer): string | undefined =>
    status === expected && fits(JSON.parse(text)) ? undefined : `answered ${status}: ${text.slice(0, 300)}`;

const listed = (fits: (found: { totalResults: number; Resources: Brought[] }) => boolean) => read(200, fits);
