import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import type { Context } from "#lib/kernel/operation.ts";
import { spendResetLinks } from "#lib/passwords/index.ts";
import { changeAccess, findTarget, type Identity, identityColumns, refuseTaken } from "#lib/users/index.ts";
import type { Prisma } from "#prisma";
import { activityAfter } from "./active.ts";
import { clientOf } from "./client.ts";
import { identityOf, refuseKnown } from "./user-account.ts";
import type { UserDocument } from "./user-document.ts";

/** Somebody before a write: absent parts for an account that no provider has brought yet. */
interface Present {
  id: string;
  userNameKey?: string;
  said?: boolean;
}

const shown = ({ username, email, givenName, familyName }: Identity) => ({
  username,
  email,
  givenName,
  familyName,
});

/**
 * Makes an account what a client says of it: name, address, whether it is active. Whoever it switches off is shut out
 * at once. The caller has tested the client's reach, and holds the access lock or, where nobody is switched on or off, the
 * user's row.
 */
export async function writeUser(context: Context & { tx: Tx }, present: Present, document: UserDocument) {
  const { tx, call } = context;
  const client = clientOf(context.actor);
  const user = await findTarget(tx, present.id, context.at);
  await refuseKnown(tx, client, document, user.id);
  const { username, email } = user;
  const identity = await identityOf(tx, document, {
    id: user.id,
    username,
    email,
    userNameKey: present.userNameKey,
  });
  const { active, said } = activityAfter(
    { active: user.active, said: present.said ?? true },
    document.active,
  );
  const columns = async () => {
    await refuseTaken(tx, identity, user.id);
    // The provider vouches for the address.
    return { ...identityColumns(identity), emailUnproven: false };
  };
  const renamed = !isSame(shown(user), shown(identity));
  const ended = await changeAccess(context, user, { active, ...(renamed && { columns }) });
  const moved = normaliseKey(identity.email) !== normaliseKey(email);
  if (moved) await spendResetLinks(tx, user.id);
  await storeDocument(tx, { userId: user.id, provider: client.provider, at: call.at }, document, said);
  return {
    user,
    moved,
    before: { ...shown(user), active: user.active },
    after: {
      ...shown(identity),
      active,
      userName: document.userName,
      externalId: document.externalId,
      ...ended,
    },
  };
}

const isSame = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);

/** Keeps what was sent. Of two at once that say the same name the unique index lets one in. */
export async function storeDocument(
  tx: Tx,
  { userId, provider, at }: { userId: string; provider: string; at: Date },
  { externalId, userNameKey, emailKeys, resource }: UserDocument,
  said: boolean,
): Promise<void> {
  const data = {
    externalId: externalId ?? null,
    userNameKey,
    emailKeys,
    resource: { ...resource, active: said } as Prisma.InputJsonObject,
    updatedAt: at,
  };
  await tx.scimUser
    .upsert({
      where: { userId },
      create: { userId, provider, createdAt: at, ...data },
      update: data,
      select: { userId: true },
    })
    .catch(knownMeanwhile);
}

function knownMeanwhile(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "P2002")
    throw new AppError("conflict", "taken", "A user with this userName or externalId exists already.");
  throw error;
}
