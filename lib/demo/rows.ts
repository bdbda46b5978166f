import { withContent } from "#lib/kernel/audit-content.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { identityColumns } from "#lib/users/index.ts";
import type { DemoRole } from "./custom-roles.ts";
import { day } from "./people.ts";
import type { Random } from "./random.ts";
import type { DemoHolder } from "./role-shares.ts";
import type { SessionRow } from "./sign-ins.ts";
import type { DemoEvent, Row } from "./trail.ts";

/** Somebody with what became of them. */
export interface DemoUser {
  holder: DemoHolder;
  passwordHash: string;
  deactivatedAt: Date | undefined;
  sessions: readonly SessionRow[];
}

export async function insertCustomRoles(tx: Tx, roles: readonly DemoRole[], rank: number, by: string) {
  await tx.role.createMany({
    data: roles.map(({ grants: _, edits, limited, ...role }) => ({
      ...role,
      ...(limited && { window: limited.window }),
      rank,
      version: 1 + edits.length,
      updatedAt: edits.at(-1)?.at ?? role.createdAt,
      updatedBy: by,
    })),
  });
  await tx.grant.createMany({
    data: roles.flatMap(({ id, grants, limited }) =>
      grants.map((permissionKey) => ({ roleId: id, permissionKey, limits: limited?.limits ?? [] })),
    ),
  });
}

export async function insertUsers(tx: Tx, users: readonly DemoUser[]): Promise<void> {
  await tx.user.createMany({
    data: users.map(({ holder, passwordHash, deactivatedAt, sessions }) => {
      const { id, username, email, givenName, familyName, createdAt, earlier } = holder;
      return {
        ...identityColumns({ username, email, givenName, familyName }),
        id,
        passwordHash,
        active: deactivatedAt === undefined,
        version: 1 + (earlier ? 1 : 0) + (deactivatedAt ? 1 : 0),
        createdAt,
        updatedAt: deactivatedAt ?? earlier?.until ?? createdAt,
        lastSignInAt: sessions[0]?.createdAt ?? null,
      };
    }),
  });
  await inPortions(
    users.flatMap(({ sessions }) => sessions),
    (data) => tx.session.createMany({ data }),
  );
}

export async function insertAssignments(
  tx: Tx,
  random: Random,
  holders: readonly DemoHolder[],
  at: Date,
): Promise<void> {
  const roles = await tx.role.findMany({ select: { id: true, key: true } });
  const idOf = new Map(roles.map(({ id, key }) => [key, id]));
  await tx.assignment.createMany({
    data: holders.flatMap(({ id, roles: keys, giver, earlier, createdAt, department, administrates }) => {
      const since = earlier?.until ?? createdAt;
      const contract = administrates || !department.contracts ? {} : contractOf(random, at);
      return keys.map((key) => ({
        id: random.id(since),
        userId: id,
        roleId: idOf.get(key) as string,
        source: giver ? "local" : "setup",
        givenBy: giver?.username ?? null,
        createdAt: since,
        ...contract,
      }));
    }),
  });
}

/** Who is there for a contract holds their roles until it ends. */
const contractOf = (random: Random, at: Date) => ({
  endsAt: new Date(Math.ceil((at.getTime() + (3 + random.below(150)) * day) / day) * day),
  reason: "For the length of the contract",
});

export async function insertTrail(
  tx: Tx,
  events: DemoEvent[],
  rowOf: (event: DemoEvent) => Row,
): Promise<void> {
  const rows = events
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((event) => withContent(rowOf(event)));
  await inPortions(rows, (data) => tx.auditEvent.createMany({ data }));
}

/** A statement takes 65,535 values at most. */
async function inPortions<T>(rows: readonly T[], insert: (rows: T[]) => Promise<unknown>): Promise<void> {
  for (let begin = 0; begin < rows.length; begin += 1_000) await insert(rows.slice(begin, begin + 1_000));
}
