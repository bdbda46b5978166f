import { generateSync } from "otplib";
import { changeOwnPassword, editOwnProfile } from "#lib/accounts/index.ts";
import { database } from "#lib/kernel/database.ts";
import { runQuery } from "#lib/kernel/operation.ts";
import { issueResetLink } from "#lib/passwords/index.ts";
import {
  addPasskey,
  confirmTotp,
  startPasskey,
  startTotp,
  viewPendingTotp,
} from "#lib/second-factor/index.ts";
import { endOwnSession, endUserSessions, signOut } from "#lib/sessions/index.ts";
import { saveRegistration, saveSecurity } from "#lib/settings/index.ts";
import { setUp } from "#lib/setup/index.ts";
import { signIn, signInWithCode } from "#lib/sign-in/index.ts";
import { signUp } from "#lib/sign-up/index.ts";
import {
  createUser,
  deactivateUser,
  deleteUser,
  reactivateUser,
  resetPassword,
  updateUser,
} from "#lib/users/index.ts";
import { softPasskey } from "#test/soft-passkey.ts";
import { day, password, type Story } from "./story.ts";

/** The first account, and settings that are not the defaults: sessions and devices live as long as they may. */
export async function tellSetUp(story: Story, token: string): Promise<void> {
  const owner = {
    username: "owner",
    email: "owner@example.com",
    givenName: "Olivia",
    familyName: "O'Hara-Åström 🗝",
  };
  const { id } = await story.done(setUp, story.visitor(), { ...owner, password, token });
  story.remember(id, "owner", { password });
  await story.refused(setUp, story.visitor(), { ...owner, password, token });
  await story.signIn("owner");
  await story.done(saveSecurity, "owner", {
    passwordMinimum: 12,
    passwordHistory: 7,
    idleMinutes: 43_200,
    absoluteHours: 720,
    reauthMinutes: 0,
    trustedDeviceDays: 365,
    secondFactorRoles: [],
  });
  await story.done(saveRegistration, "owner", { enabled: true, role: story.plainRole });
  // The next session has the longer life of the new settings.
  await story.done(signOut, "owner", {});
}

/** Names as far as the release takes them; what it refuses stands in the audit log. */
const awkward = [
  { username: "constructor", givenName: "Conan", familyName: 'd\'Artagnan "Quotes" <b>bold</b> & Sons' },
  { username: "__proto__", givenName: "🦊", familyName: "🏳️‍🌈 Zoë" },
  { username: "toString", givenName: "\u202Edesrever", familyName: "%s $name {{name}}" },
  { username: "مريم.حداد", givenName: "مريم", familyName: "حدّاد" },
  { username: "שרה", givenName: "שרה", familyName: "כהן" },
  { username: "田中", givenName: "太郎", familyName: "田中" },
  { username: "straße", givenName: "Jürgen", familyName: "Größe" },
  { username: "strasse", givenName: "Jurgen", familyName: "Grosse" },
  { username: "STRASSE" },
  { username: "Straße.Zwei" },
  { username: "İstanbul", givenName: "I\u0307lker", familyName: "ıI" },
  { username: "Ｆｕｌｌｗｉｄｔｈ", givenName: "ﬁne" },
  { username: "x".repeat(64), givenName: "ü".repeat(100), familyName: "n".repeat(100) },
  { username: "null", givenName: "null", familyName: "undefined" },
  { username: "..-", givenName: "-", familyName: "." },
  { username: "OWNER" },
  { username: "plus", email: "first.last+tag@sub.example.co.uk" },
  { username: "quote", email: "o'brien@example.com" },
  { username: "capitals", email: "Person.CAPITALS@Example.COM" },
  { username: "linked", email: "Linked@Example.com" },
];

/** Somebody for every role, somebody for every awkward name, and somebody for every state of an account. */
export async function tellPeople(story: Story): Promise<void> {
  for (const role of story.roles) await story.add({ username: `has.${role}`, roles: [role] });
  for (const person of awkward) await story.add(person);
  for (const username of ["inactive", "returned", "deleted", "reset", "careful", "newname", "chatty"])
    await story.add({ username, givenName: "Kim", familyName: username });
  for (const username of ["inactive", "returned", "reset", "careful", "chatty", "chatty", "chatty"])
    await story.signIn(username);
  await story.done(deactivateUser, "owner", { id: story.account("inactive").id });
  story.account("inactive").inactive = true;
  await story.done(deactivateUser, "owner", { id: story.account("returned").id });
  await story.done(reactivateUser, "owner", { id: story.account("returned").id });
  await story.done(deleteUser, "owner", { id: story.account("deleted").id });
  story.accounts.delete("deleted");
  await story.done(resetPassword, "owner", { id: story.account("reset").id, password: `${password} 2` });
  story.account("reset").password = `${password} 2`;
  story.wait(day);
  await story.done(changeOwnPassword, "careful", {
    currentPassword: password,
    password: `${password} and a kettle`,
  });
  story.account("careful").password = `${password} and a kettle`;
  const named = { email: "new.name@example.com", givenName: "New", familyName: "Name", version: 1 };
  const access = { roles: [story.plainRole], active: true };
  await story.done(updateUser, "owner", { id: story.account("newname").id, ...named, ...access });
  await story.done(editOwnProfile, "newname", { ...named, givenName: "Newer", version: 2 });
  await story.tried(signUp, story.visitor("198.51.100.9"), {
    username: "stranger",
    email: "stranger@example.org",
    givenName: "",
    familyName: "",
    password,
  });
}

/** An authenticator app with a trusted browser and a passkey, sessions of all ends, and attempts that fail. */
export async function tellSignIns(story: Story): Promise<void> {
  await story.add({ username: "coded", givenName: "Codie" });
  await story.add({ username: "keyed", givenName: "Kay" });
  const account = story.account("coded");
  await story.done(startTotp, "coded", {});
  const secret = (await runQuery(viewPendingTotp, await story.as("coded"), {}))?.secret ?? "";
  const codeAt = (at: Date) => generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) });
  const call = await story.as("coded");
  const { codes } = await story.done(confirmTotp, call, { code: codeAt(call.at) });
  Object.assign(account, { totpSecret: secret, recoveryCodes: codes });
  story.wait(day);
  const ticket = await story.signIn("coded", "203.0.113.5");
  const second = story.visitor("203.0.113.5");
  const given = { ticket, code: codeAt(second.at), remember: true };
  const trusted = await story.done(signInWithCode, second, given);
  account.sessions.push(trusted.token);
  account.device = trusted.browser;

  const asking = await story.as("keyed");
  const { options } = await story.done(startPasskey, asking, {});
  const response = softPasskey().make(options, asking.origin ?? "");
  const added = { name: "Key of Kay 🔑", response };
  const { codes: spare } = await story.done(addPasskey, { ...asking, at: story.at() }, added);
  story.account("keyed").recoveryCodes = spare;

  const chatty = story.account("chatty");
  await story.done(signOut, "chatty", {});
  const own = await database().session.findFirst({
    where: { userId: chatty.id, endedAt: null },
    orderBy: { id: "desc" },
  });
  await story.done(endOwnSession, "chatty", { id: own?.id ?? "" });
  await story.signIn("returned");
  await story.done(endUserSessions, "owner", { userId: story.account("returned").id });
  const wrong = { identifier: "careful", password: "not this one" };
  await story.refused(signIn, story.visitor("198.51.100.1"), wrong);
  await story.refused(signIn, story.visitor("198.51.100.1"), { ...wrong, identifier: "nobody at all" });
  const intruder = { username: "intruder", email: "i@example.com", password, roles: [story.plainRole] };
  await story.refused(createUser, "careful", intruder);
  await story.refused(deleteUser, "careful", { id: story.account("owner").id });
  await story.refused(createUser, story.visitor(), intruder);
}

/** A link for a new password that waits to be used. */
export async function tellResetLink(story: Story): Promise<{ token: string; username: string }> {
  const { id } = story.account("newname");
  const token = await database().$transaction((tx) => issueResetLink(tx, id, story.at()));
  return { token, username: "newname" };
}
