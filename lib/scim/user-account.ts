import type { ClientActor } from "#lib/kernel/actor.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import { type Identity, identitySchema } from "#lib/users/index.ts";
import { invalid } from "./invalid.ts";
import type { UserDocument } from "./user-document.ts";
import { freeUsername, usernameFrom } from "./username.ts";

/** Who somebody is here, from what the client says; checked by the same rules as what is typed into a form. */
export async function identityOf(
  tx: Tx,
  document: UserDocument,
  present?: { id: string; username: string; email: string; userNameKey: string | undefined },
): Promise<Identity> {
  const email = document.email ?? present?.email;
  if (!email)
    throw invalid("invalidValue", "A user needs an email address: send emails, or one as userName.");
  const username =
    present && present.userNameKey === document.userNameKey
      ? present.username
      : await freeUsername(tx, document.userName, present?.id);
  const parsed = identitySchema.safeParse({ ...document, email, username });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid("invalidValue", `${issue?.path.join(".")}: ${issue?.message}`);
}

const taken = (message: string) => new AppError("conflict", "taken", message);

/** Refuses what this provider has brought already, by either of its names for them. */
export async function refuseKnown(
  tx: Tx,
  { provider }: ClientActor,
  { userNameKey, externalId }: UserDocument,
  except?: string,
): Promise<void> {
  const same = [{ userNameKey }, ...(externalId === undefined ? [] : [{ externalId }])];
  const known = await tx.scimUser.findFirst({
    where: { provider, OR: same, ...(except && { userId: { not: except } }) },
    select: { userNameKey: true },
  });
  if (!known) return;
  const what = known.userNameKey === userNameKey ? "userName" : "externalId";
  throw taken(`A user with this ${what} exists already.`);
}

/**
 * The account that is here already and that this client may take over: the one with the same address, whatever it is
 * called, and only where the token allows it and no provider has brought it. Any other likeness is refused.
 */
export async function accountToTakeOver(
  tx: Tx,
  client: ClientActor,
  document: UserDocument,
  email: string,
): Promise<{ id: string; username: string; emailUnproven: boolean } | undefined> {
  const { username, asSent } = usernameFrom(document.userName);
  const emailKey = normaliseKey(email);
  const usernameKey = normaliseKey(username);
  const alike = await tx.user.findMany({
    where: { OR: [{ emailKey }, ...(asSent ? [{ usernameKey }] : [])] },
    select: {
      id: true,
      username: true,
      emailKey: true,
      emailUnproven: true,
      scimUser: { select: { provider: true } },
      identities: { select: { provider: true } },
    },
  });
  if (alike.length === 0) return undefined;
  const [one] = alike;
  const foreign = one?.scimUser ?? one?.identities.find(({ provider }) => provider !== client.provider);
  if (!one || alike.length > 1 || one.emailKey !== emailKey || foreign)
    throw taken("An account with this username or email address exists already, and it is not this one.");
  if (!client.scopes.includes("existing"))
    throw taken(
      "An account with this email address is here already and no provider brought it. Delete it here, or create a token that may take over existing accounts.",
    );
  return one;
}
