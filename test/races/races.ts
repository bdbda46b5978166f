import { database } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { deleteRole, editRole } from "#lib/roles/index.ts";
import { deactivateUser, deleteUser, setUserRoles, updateUser } from "#lib/users/index.ts";
import { nextInstant, type Person, person, signedIn } from "#test/people.ts";
import type { Move } from "./instances.ts";
import type { Answer } from "./protocol.ts";

/** Two things at once on a PatchMon installation, and what must be so afterwards. */
export interface Race {
  title: string;
  /** It holds the one row that it is about, whose version says who was first. */
  holdsWithoutLock?: boolean;
  prepare(round: number): Promise<Start>;
}

export interface Start {
  moves: readonly [Move, Move];
  /** What is wrong with the outcome; empty when nothing is. */
  wrong(answers: readonly Answer[]): Promise<string[]> | string[];
}

const own = (who: Person, to: object) => ({ email: who.email, givenName: "", familyName: "", ...to });

/** Nobody else counts: everybody from earlier rounds is inactive. */
async function only(...roles: string[]): Promise<Person[]> {
  await database().user.updateMany({ data: { active: false } });
  const people: Person[] = [];
  for (const role of roles) people.push(await person({ roles: [role] }));
  return people;
}

/** One is done, the other refused with one of these reasons. */
function oneRefusal(answers: readonly Answer[], ...reasons: string[]): string[] {
  const outcomes = answers.map(({ outcome }) => outcome);
  const done = outcomes.filter((outcome) => outcome === "done").length;
  if (done === 1 && outcomes.every((outcome) => outcome === "done" || reasons.includes(outcome))) return [];
  return [`answers were ${outcomes.join(" and ")}`];
}

async function oneSuperadmin(): Promise<string[]> {
  const where = { active: true, assignments: { some: { role: { key: "superadmin" } } } };
  const count = await database().user.count({ where });
  return count === 1 ? [] : [`${count} superadmins are left`];
}

/** Each does to the other what only one of them may. */
const eachOther = (title: string, operation: Move["operation"], input: (other: Person) => object): Race => ({
  title,
  async prepare() {
    const [ann, bob] = (await only("superadmin", "superadmin")) as [Person, Person];
    return {
      moves: [
        { token: await signedIn(ann), operation, input: input(bob) },
        { token: await signedIn(bob), operation, input: input(ann) },
      ],
      wrong: async (answers) => [...oneRefusal(answers, "sign_in_required"), ...(await oneSuperadmin())],
    };
  },
});

/** A role, somebody who may assign it and no more, and somebody to get it. */
async function crew(round: number) {
  await database().role.deleteMany({ where: { builtIn: false, assignments: { none: {} } } });
  const at = nextInstant();
  const role = async (key: string, permissions: string[], rank: number) => {
    const grants = { create: permissions.map((permissionKey) => ({ permissionKey })) };
    const times = { createdAt: at, updatedAt: at };
    await database().role.create({ data: { id: newId(), key, label: key, rank, ...times, grants } });
    return key;
  };
  const { length } = await database().role.findMany({ select: { id: true } });
  const prize = await role(`crew_${round}_${length}`, ["can_view_hosts"], 30);
  const giver = await role(`giver_${round}_${length}`, ["can_view_hosts", "can_manage_users"], 40);
  await database().policy.updateMany({ data: { version: { increment: 1 } } });
  const [owner, assigner, target] = (await only("superadmin", giver, "readonly")) as [Person, Person, Person];
  const give = {
    token: await signedIn(assigner),
    operation: setUserRoles,
    input: { id: target.id, roles: [prize] },
  };
  return { prize, owner: await signedIn(owner), give, target };
}

/** Whether the assignment was written before the role: transactions are numbered in the order in which they wrote. */
async function assignedFirst(prize: string): Promise<boolean> {
  const rows = await database().$queryRaw<{ first: boolean }[]>`
    SELECT a.xmin::text::bigint < r.xmin::text::bigint AS first
    FROM assignments a JOIN roles r ON r.id = a.role_id WHERE r.key = ${prize}`;
  return rows[0]?.first === true;
}

const growingRole: Race = {
  title: "a role gains a permission while somebody who lacks it assigns the role",
  async prepare(round) {
    const { prize, owner, give } = await crew(round);
    const input = { role: prize, version: 1, add: ["can_manage_hosts"], remove: [] };
    return {
      moves: [{ token: owner, operation: editRole, input }, give],
      async wrong([edited, given]) {
        if (edited?.outcome !== "done") return [`the role was not edited: ${edited?.outcome}`];
        if (given?.outcome === "escalation") return [];
        if (given?.outcome !== "done") return [`the assignment was answered ${given?.outcome}`];
        return (await assignedFirst(prize)) ? [] : ["the role was given with what its giver lacks"];
      },
    };
  },
};

const vanishingRole: Race = {
  title: "a role is deleted while somebody assigns it",
  async prepare(round) {
    const { prize, owner, give } = await crew(round);
    return {
      moves: [{ token: owner, operation: deleteRole, input: { role: prize, version: 1 } }, give],
      wrong: (answers) => oneRefusal(answers, "role_in_use", "role_not_found"),
    };
  },
};

/** Two forms of one state: the user's row lets one in first, and its version tells the other. */
const sameForm = (title: string, role: "user" | "readonly"): Race => ({
  title,
  holdsWithoutLock: true,
  async prepare() {
    const [ann, bob, jane] = (await only("superadmin", "superadmin", "user")) as [Person, Person, Person];
    const save = async (who: Person, givenName: string): Promise<Move> => ({
      token: await signedIn(who),
      operation: updateUser,
      input: own(jane, { id: jane.id, givenName, roles: [role], active: true, version: 1 }),
    });
    return {
      moves: [await save(ann, "Jane"), await save(bob, "Janet")],
      async wrong(answers) {
        const row = await database().user.findUniqueOrThrow({ where: { id: jane.id } });
        const winner = answers[0]?.outcome === "done" ? "Jane" : "Janet";
        const kept = row.givenName === winner && row.version === 2;
        return [
          ...oneRefusal(answers, "edit_conflict"),
          ...(kept ? [] : [`${row.givenName} was kept, of version ${row.version}`]),
        ];
      },
    };
  },
});

export const races: readonly Race[] = [
  eachOther("two superadmins demote each other", setUserRoles, ({ id }) => ({ id, roles: ["user"] })),
  eachOther("two superadmins demote each other in the form", updateUser, (other) =>
    own(other, { id: other.id, roles: ["user"], active: true, version: 1 }),
  ),
  eachOther("two superadmins deactivate each other", deactivateUser, ({ id }) => ({ id })),
  eachOther("two superadmins delete each other", deleteUser, ({ id }) => ({ id })),
  growingRole,
  vanishingRole,
  sameForm("two save the same user's roles from the same form", "readonly"),
  sameForm("two save the same user from the same form", "user"),
];
