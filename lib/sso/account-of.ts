import type { Call } from "#lib/kernel/call.ts";
import { holdsAccess, needAccess, type Tx } from "#lib/kernel/database.ts";
import { newId } from "#lib/kernel/id.ts";
import { normaliseKey } from "#lib/kernel/normalise.ts";
import type { Provider } from "#lib/providers/index.ts";
import { lockUser } from "#lib/second-factor/index.ts";
import { administers } from "./administers.ts";
import { disown } from "./disown.ts";
import { keptClaims } from "./kept-claims.ts";
import { addNewcomer } from "./newcomer.ts";
import {
  accountDisabled,
  addressMissing,
  addressUnverified,
  administratorUnlinked,
  linkedElsewhere,
  noAccount,
} from "./refusals.ts";
import type { Vouched } from "./vouched.ts";

/** Whose account a sign-in opens, and how that was known. */
export interface Account {
  id: string;
  username: string;
  how: "known" | "linked" | "created" | "owner";
}

/**
 * Issuer and subject say who somebody is. Whom they do not name yet is found by an address that is verified, or gets
 * an account: that takes the access lock, so nobody is linked or added twice.
 */
export async function accountOf(tx: Tx, call: Call, provider: Provider, vouched: Vouched): Promise<Account> {
  const { issuer, subject } = vouched;
  const known = await tx.identity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { user: { select: { id: true, username: true } } },
  });
  const account = known
    ? { ...known.user, how: "known" as const }
    : await unknownAccount(tx, call, provider, vouched);
  await lockUser(tx, account.id);
  // Without the lock the account may have been disconnected before its row was held.
  if (!holdsAccess(tx) && (await tx.identity.count({ where: { issuer, subject } })) !== 1) needAccess(tx);
  if ((await tx.user.count({ where: { id: account.id, active: true } })) !== 1) throw accountDisabled();
  await keepIdentity(tx, call, account.id, vouched);
  return account;
}

async function unknownAccount(tx: Tx, call: Call, provider: Provider, vouched: Vouched): Promise<Account> {
  needAccess(tx);
  const { email, emailVerified } = vouched;
  const { autoCreateUsers, trustUnverifiedEmail } = provider.settings;
  if (email === undefined) throw addressMissing(provider);
  if (!emailVerified && !trustUnverifiedEmail) throw addressUnverified(provider);
  const user = await tx.user.findUnique({
    where: { emailKey: normaliseKey(email) },
    select: { id: true, username: true, emailUnproven: true },
  });
  if (user) return link(tx, call, provider, vouched, user);
  if (!autoCreateUsers) throw noAccount(provider);
  return addNewcomer(tx, call, provider, vouched);
}

async function link(
  tx: Tx,
  call: Call,
  provider: Provider,
  { issuer }: Vouched,
  { id, username, emailUnproven }: { id: string; username: string; emailUnproven: boolean },
): Promise<Account> {
  if ((await tx.identity.count({ where: { userId: id, issuer } })) > 0) throw linkedElsewhere(provider);
  if (!provider.settings.linkAdministrators && (await administers(tx, id, call.at)))
    throw administratorUnlinked(provider);
  if (emailUnproven) await disown(tx, call, id);
  return { id, username, how: "linked" };
}

/** What the latest sign-in said, for the settings page and its dry run. */
export async function keepIdentity(tx: Tx, call: Call, userId: string, vouched: Vouched): Promise<void> {
  const { provider, issuer, subject, email } = vouched;
  const said = { provider, email: email ?? null, claims: keptClaims(vouched), lastSignInAt: call.at };
  await tx.identity.upsert({
    where: { issuer_subject: { issuer, subject } },
    create: { id: newId(call.at.getTime()), userId, issuer, subject, createdAt: call.at, ...said },
    update: said,
    select: { id: true },
  });
}
