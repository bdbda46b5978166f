import { z } from "zod";
import { callerOf } from "#lib/kernel/caller.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { hashPassword } from "#lib/passwords/index.ts";
import { currentPolicy, policyChanged } from "#lib/policy/index.ts";
import { type DemoRole, drawCustomRoles } from "./custom-roles.ts";
import { arrival, deactivation, registrationTrial, roleChange } from "./history.ts";
import { insertManagedValues } from "./managed-values.ts";
import { insertOrganizations } from "./organizations.ts";
import { day, drawPeople } from "./people.ts";
import { type Random, seededRandom } from "./random.ts";
import { refusedAttempts } from "./refusals.ts";
import { type DemoHolder, shareRoles } from "./role-shares.ts";
import { type DemoUser, insertAssignments, insertCustomRoles, insertTrail, insertUsers } from "./rows.ts";
import { drawSignIns, sessionOf, signInEvents } from "./sign-ins.ts";
import { insertTemporaryAccess } from "./temporary-access.ts";
import { type DemoEvent, trailRow } from "./trail.ts";

const input = z.object({
  people: z.number().int().min(30).max(5_000).default(340),
  seed: z.number().int().default(7318),
  /** Of the owner and of one ordinary user; nobody knows the others'. */
  password: z.string(),
});

/** Fills an empty installation with people, roles and a year of history. The same seed and instant give the same people. */
export const fillWithDemo = defineCommand({
  name: "fill with demonstration data",
  needs: "system",
  changesAccess: true,
  patient: true,
  input,
  prepare: async ({ call }, { password }) => ({
    known: await hashPassword(password, callerOf(call)),
    unknown: await hashPassword(crypto.randomUUID(), callerOf(call)),
  }),
  async run({ tx, call: { at } }, { people, seed }, hashes) {
    if ((await tx.user.count()) > 0) throw notEmpty();
    const random = seededRandom(seed);
    const { catalogue } = await currentPolicy(tx);
    const drawn = drawPeople(random, at, people);
    const customRoles = drawCustomRoles(random, catalogue, at);
    await insertCustomRoles(tx, customRoles, catalogue.customRoles.rank, drawn[0]?.username ?? "");
    await policyChanged(tx);
    const access = await currentPolicy(tx);

    const { holders, ordinary } = shareRoles(random, drawn, access, at);
    const owner = holders[0] as DemoHolder;
    const known = (holder: DemoHolder) => holder === owner || holder === ordinary;
    const lives = holders.map((holder) => liveOf(random, holder, known(holder), at));
    const users = lives.map(({ user }) => ({
      ...user,
      passwordHash: known(user.holder) ? hashes.known : hashes.unknown,
    }));
    await insertUsers(tx, users);
    await insertAssignments(tx, random, holders, at);
    const founded = await insertOrganizations(tx, random, { catalogue, holders, at });
    await insertManagedValues(tx, catalogue, owner.createdAt);

    const present = users.filter(({ deactivatedAt }) => !deactivatedAt).map(({ holder }) => holder);
    const temporary = await insertTemporaryAccess(tx, random, {
      holders: present,
      policy: access.policy,
      at,
    });

    const registration = { enabled: false, role: catalogue.newUserRoles[0] ?? "" };
    await tx.setting.create({ data: { key: "registration", value: registration, updatedAt: at } });
    const events = [
      ...lives.flatMap((life) => life.events),
      ...customRoles.flatMap((role) => roleEvents(role, owner)),
      ...founded,
      ...temporary,
      ...registrationTrial(owner, registration.role, at),
      ...refusedAttempts(random, { holders, access, customRoles, at }),
    ];
    await insertTrail(tx, events, (event) => trailRow(random, event));
    const count = { people: users.length, customRoles: customRoles.length, events: events.length };
    return {
      target: { kind: "installation", name: "demonstration" },
      after: count,
      result: {
        ...count,
        owner: owner.username,
        ordinary: { username: ordinary.username, roles: ordinary.roles },
      },
    };
  },
});

/** What somebody did and what was done to them. Those whose password is known came yesterday and are active. */
function liveOf(
  random: Random,
  holder: DemoHolder,
  known: boolean,
  at: Date,
): { user: Omit<DemoUser, "passwordHash">; events: DemoEvent[] } {
  const age = at.getTime() - holder.createdAt.getTime();
  const leaves = !known && !holder.administrates && !holder.earlier && age > 60 * day && random.chance(0.09);
  const deactivatedAt = leaves
    ? new Date(at.getTime() - (2 + 0.6 * random.next() * (age / day)) * day)
    : undefined;
  const times = drawSignIns(random, holder, deactivatedAt ?? at);
  const sessions = times.map((time) => sessionOf(random, holder, time, at));
  const changes = roleChange(holder, sessions);
  const left = deactivatedAt ? [deactivation(holder, deactivatedAt, sessions)] : [];
  const events = [arrival(holder), ...changes, ...left, ...signInEvents(holder, sessions)];
  return { user: { holder, deactivatedAt, sessions }, events };
}

function roleEvents(
  { id, key, description, grants, createdAt, edits }: DemoRole,
  actor: DemoHolder,
): DemoEvent[] {
  const target = { kind: "role", id, name: key };
  const first = edits[0]?.before ?? grants;
  const added = (before: string[], after: string[]) =>
    after.filter((permission) => !before.includes(permission));
  return [
    { at: createdAt, action: "add role", actor, target, after: { key, description, grants: first } },
    ...edits.map(({ at, before, after }) => ({
      at,
      action: "edit role",
      actor,
      target,
      before: { grants: before },
      after: { grants: after, added: added(before, after), removed: [] },
    })),
  ];
}

function notEmpty(): AppError {
  return new AppError("conflict", "not_empty", "Demonstration data goes into an empty installation only.");
}
