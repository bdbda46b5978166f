import { z } from "zod";
import { assignNewUser } from "#lib/assignments/index.ts";
import type { Tx } from "#lib/kernel/database.ts";
import { type Context, defineCommand } from "#lib/kernel/operation.ts";
import { addressMoved, protectionNotice } from "#lib/mail/index.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { enabledProvider } from "#lib/providers/index.ts";
import { defaultRoles, disown } from "#lib/sso/index.ts";
import { insertUser } from "#lib/users/index.ts";
import type { Attributes } from "./attributes.ts";
import { clientOf } from "./client.ts";
import { userResourceSchema } from "./input.ts";
import { refuseOutOfReach } from "./reach.ts";
import { syncPeople } from "./sync-people.ts";
import { accountToTakeOver, identityOf, refuseKnown } from "./user-account.ts";
import { readUser, type UserDocument } from "./user-document.ts";
import { baseOf, shownUser, userOf, userRows } from "./user-rows.ts";
import { storeDocument, writeUser } from "./write-user.ts";

/** A provider brings somebody: a new account without a password, or one that is here already where the token allows it. */
export const provisionUser = defineCommand({
  name: "provision user",
  needs: "scim:users",
  changesAccess: true,
  input: z.object({ resource: userResourceSchema }),
  about: ({ resource: { userName } }) => ({
    kind: "user",
    name: typeof userName === "string" ? userName : "unnamed",
  }),
  async run(context, { resource }) {
    const { tx, call, actor } = context;
    const client = clientOf(actor);
    const document = readUser(resource);
    await refuseKnown(tx, client, document);
    const { email } = await identityOf(tx, document);
    const present = await accountToTakeOver(tx, client, document, email);
    const written = present
      ? await takeOver(context, present, document)
      : await addAccount(context, document);
    await syncPeople(tx, call, client, [written.id]);
    return {
      target: { kind: "user", id: written.id, name: written.after.username },
      ...(written.before && { before: written.before }),
      after: { ...written.after, provider: client.provider },
      result: await shownNow(context, written.id),
      afterwards: written.afterwards,
    };
  },
});

interface Written {
  id: string;
  before?: object;
  after: object & { username: string };
  afterwards?: (() => Promise<void>) | undefined;
}

async function takeOver(
  context: Context & { tx: Tx },
  account: { id: string; username: string; emailUnproven: boolean },
  document: UserDocument,
): Promise<Written> {
  const { tx, call, actor } = context;
  await refuseOutOfReach(tx, clientOf(actor), call.at, account);
  if (account.emailUnproven) await disown(tx, call, account.id);
  const { user, moved, before, after } = await writeUser(context, account, document);
  const afterwards = moved ? protectionNotice(call, user, addressMoved(after.email)) : undefined;
  return { id: account.id, before, after, afterwards };
}

async function addAccount(
  { tx, call, actor }: Context & { tx: Tx },
  document: UserDocument,
): Promise<Written> {
  const { provider } = clientOf(actor);
  const identity = await identityOf(tx, document);
  const active = document.active ?? true;
  const { id } = await insertUser(tx, identity, null, call.at);
  if (!active) await tx.user.update({ where: { id }, data: { active }, select: { id: true } });
  const roles = await firstRoles(tx, provider);
  await assignNewUser(tx, { actor, at: call.at, userId: id, roles, source: "scim" });
  await storeDocument(tx, { userId: id, provider, at: call.at }, document, active);
  const { userName, externalId } = document;
  const after = { ...identity, roles, active, userName, externalId };
  return { id, after };
}

/** The provider's default role, or the catalogue's for new users. */
async function firstRoles(tx: Tx, slug: string): Promise<string[]> {
  const access = await currentPolicy(tx);
  const provider = slug === "" ? undefined : await enabledProvider(tx, slug);
  return provider ? defaultRoles(access, provider) : [...access.catalogue.newUserRoles];
}

/** Somebody as the client would find them now. */
export async function shownNow({ tx, call, actor }: Context & { tx: Tx }, id: string): Promise<Attributes> {
  const [row] = await userRows(tx, userOf(clientOf(actor).provider, id));
  if (!row) throw new Error("a provisioned user has gone within the transaction that wrote them");
  return shownUser(row, baseOf(call));
}
