import { describe, expect, test } from "vitest";
import { catalogues } from "#test/catalogues.ts";
import { operations } from "#test/operations.ts";
import { storeProvider } from "#test/sync.ts";
import { rankOf } from "./rights.ts";
import { rows } from "./rows.ts";
import { Difference, Walk } from "./walk.ts";

/** What the table leaves to others, and why. test/every-operation.test.ts asks each of them without the right. */
const elsewhere: Record<string, readonly string[]> = {
  "acts on nobody but oneself, whatever one's rank is; lib/second-factor tests it": [
    ...["add passkey", "start adding a passkey", "remove passkey"],
    ...["start setting up an authenticator app", "set up authenticator app", "remove authenticator app"],
    ...["renew recovery codes", "revoke trusted device", "revoke all trusted devices"],
    "cancel new email address",
    ...["confirm identity", "confirm identity with code", "confirm identity with passkey"],
    ...["confirm identity with provider", "connect identity provider", "disconnect identity provider"],
  ],
  "who asks is an identity provider, or nobody yet; lib/sso, lib/oidc and lib/saml test it": [
    ...["sign in with identity provider", "open identity provider", "start saml sign-in"],
    ...["accept saml response", "redeem saml ticket", "end sessions for identity provider"],
  ],
  "who asks is nobody yet; lib/sign-in and lib/accounts test it": [
    ...["sign in with passkey", "sign in with password and passkey", "sign in with second factor"],
    ...["mail reset link", "confirm new email address"],
  ],
  "who asks is nobody yet, and a provider vouches for them; lib/saml tests it": [
    ...["start saml sign-in", "accept saml response", "redeem saml ticket"],
  ],
  "one capability and no rule about ranks; lib/sessions and lib/passwords test what it sets": [
    "save security settings",
  ],
  "asks for a capability and, about roles and whom a provider lets in, for what one could give oneself; lib/sso tests it":
    [
      ...["add identity provider", "save identity provider", "delete identity provider"],
      ...["move identity provider", "switch identity provider", "switch role sync", "save role rules"],
      ...["save sign-on settings", "start test sign-in", "finish test sign-in", "finish saml test sign-in"],
    ],
  "is the server's own; the walks do it": ["load catalogue"],
  "is the server's own, and is about no user": ["mark secret"],
  "is the server's own; lib/break-glass and test/audit-by-month.test.ts test it": [
    "open local sign-in",
    "delete old audit events",
  ],
  "who asks is a provider's client, which is nobody and has no rank of its own; server/scim tests it": [
    ...["provision user", "update provisioned user", "deprovision user", "sync provisioned people"],
    ...["provision group", "update provisioned group", "remove provisioned group"],
  ],
  "gives nobody anything; what a token's client could give is asked for like any giving, which lib/scim tests":
    [...["create provisioning token", "revoke provisioning token"]],
  "asks for a capability and, about members, for what limited grants reach: nobody in the table has memberships; lib/organizations tests it":
    [
      ...["add organization", "edit organization", "delete organization"],
      ...["add team", "edit team", "delete team", "add members", "remove members"],
    ],
  "asks for a capability and, about groups, for what limited grants reach; lib/managed-values tests it": [
    ...["add managed value", "edit managed value", "delete managed value"],
    ...["add value group", "edit value group", "delete value group"],
  ],
};

/** What only reads changes no access; a name begins with what is done. */
const reads = /^(view|list|ask|check|count|find|explain|name|preview) /;

const aimed = rows.flatMap((row) =>
  Object.entries(row.aims ?? {}).map(([how, input]) => ({ row, how, input })),
);

test("every operation has a row in the table, or is known to act on nobody", () => {
  const covered = [...rows.map(({ command }) => command.name), ...Object.values(elsewhere).flat()];
  expect(
    operations.map(({ name }) => name).filter((name) => !covered.includes(name) && !reads.test(name)),
  ).toEqual([]);
  const bare = rows.filter(({ target, aims }) => target !== "none" && !aims);
  expect(bare.map(({ command }) => command.name)).toEqual([]);
});

describe.each(catalogues)("%s", (catalogue) => {
  test("every operation by every role on self, lower, equal and higher ends as the rules say", {
    timeout: 900_000,
  }, async () => {
    const table = new Table(await Walk.open(catalogue, 1));
    const wrong = await table.fill();
    await table.close();
    console.info(`${catalogue}: ${table.summary()}`);
    expect(wrong).toEqual([]);
  });

  test("P48: under role sync every operation by every role ends as the rules say", {
    timeout: 300_000,
  }, async () => {
    const table = new Table(await Walk.open(catalogue, 1));
    const wrong = await table.fillSynced();
    await table.close();
    console.info(`${catalogue}, synced: ${table.summary()}`);
    expect(wrong).toEqual([]);
  });
});

type Relation = "self" | "lower" | "equal" | "higher" | "anybody";

class Table {
  #walk: Walk;
  #count = new Map<string, number>();
  #people = 0;
  #actor = "";

  constructor(walk: Walk) {
    this.#walk = walk;
  }

  /** Answers what differs. */
  fill(): Promise<string[]> {
    return this.#askAll((role) => this.#targetsOf(role));
  }

  /** The same while an identity provider gives the roles: whom it is about makes no difference then. */
  async fillSynced(): Promise<string[]> {
    await storeProvider();
    this.#walk.world.synced = true;
    const [target = ""] = this.#walk.world.catalogue.newUserRoles;
    return this.#askAll(() => [["anybody", target]]);
  }

  async #askAll(targetsOf: (role: string) => [Relation, string][]): Promise<string[]> {
    const wrong: string[] = [];
    for (const role of [...this.#walk.world.roles.keys()])
      for (const [relation, target] of targetsOf(role))
        for (const one of aimed)
          await this.#ask(role, relation, target, one).catch((error: Error) => {
            if (!(error instanceof Difference)) throw error;
            wrong.push(
              `${role}, ${relation} (${target}), ${one.row.command.name} ${one.how}: ${error.message}`,
            );
          });
    return wrong;
  }

  /** For each relation the first role of the catalogue that stands so to the actor's. */
  #targetsOf(role: string): [Relation, string][] {
    const rank = (key: string) => rankOf(this.#walk.world, { assignments: [{ role: key }] });
    const roles = [...this.#walk.world.roles.keys()];
    const having = (relation: Relation, fits: (difference: number) => boolean): [Relation, string][] => {
      const key = roles.find((one) => fits(rank(one) - rank(role)));
      return key === undefined ? [] : [[relation, key]];
    };
    return [
      ["self", role],
      ...having("lower", (difference) => difference < 0),
      ...having("equal", (difference) => difference === 0),
      ...having("higher", (difference) => difference > 0),
    ];
  }

  async #ask(role: string, relation: Relation, target: string, { row, input }: (typeof aimed)[number]) {
    const walk = this.#walk;
    const name = () => `zoe${++this.#people}`;
    const present = walk.world.users.get(this.#actor);
    const usable = present?.active && present.sessions.length > 0 && present.assignments[0]?.role === role;
    const actor = usable && relation !== "self" ? present : await walk.hire(name(), [role]);
    this.#actor = actor.username;
    const user = relation === "self" ? actor : await walk.hire(name(), [target]);
    const free = { username: name(), email: `${name()}@example.com` };
    const other = [...walk.world.roles.keys()].find((one) => one !== target) ?? "ghost";
    const preset = walk.world.catalogue.presets[1]?.key ?? "ghost";
    const aim = {
      user,
      role: target,
      roleVersion: walk.world.roles.get(target)?.version ?? 1,
      preset,
      other,
      free,
    };
    try {
      this.#note(relation, await walk.ask(row, actor, input(aim)));
    } finally {
      const made = [user.username, free.username].map((one) => walk.world.users.get(one));
      for (const one of made) if (one) await walk.dismiss(one);
    }
  }

  #note(relation: Relation, outcome: string): void {
    for (const key of ["cells", relation, outcome]) this.#count.set(key, (this.#count.get(key) ?? 0) + 1);
  }

  summary(): string {
    return [...this.#count].map(([what, count]) => `${what} ${count}`).join(", ");
  }

  close(): Promise<void> {
    return this.#walk.close();
  }
}
