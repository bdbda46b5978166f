import { expect, test } from "vitest";
import { operations } from "#test/operations.ts";

/**
 * Why a command runs alone, by the reason. Whatever holds the access lock makes everybody else wait who changes access,
 * on every instance: a name, a text, an order or an ended session is no reason.
 */
const always: Record<string, readonly string[]> = {
  "gives or takes roles, or switches an account on or off": [
    ...["set roles of user", "edit roles of user", "set role expression of user", "apply access preset"],
    ...["deactivate user", "reactivate user", "break glass"],
    ...["give temporary access", "end temporary access", "grant access request"],
    "sync provisioned people",
  ],
  "adds an account with roles, or takes one away with its roles": [
    ...["add user", "sign up", "set up installation", "provision user"],
    ...["delete user", "deprovision user"],
  ],
  "changes what roles give": [
    ...["add role", "edit role", "delete role", "reassign and delete role", "load catalogue"],
  ],
  "changes whom limited grants reach, or what still may be named by them": [
    ...["add members", "remove members", "delete organization", "delete team"],
    ...["add value group", "delete value group", "delete managed value"],
  ],
  "changes which roles a provider's word makes, whom it lets in, or whether anybody else comes in": [
    ...["save identity provider", "delete identity provider", "switch identity provider"],
    ...["switch role sync", "save role rules", "save sign-on settings", "open local sign-in"],
    ...["connect identity provider", "disconnect identity provider"],
    ...["provision group", "remove provisioned group"],
  ],
  "names a role, which has to be there and within the reach of whoever names it": [
    ...["save registration settings", "save security settings", "create provisioning token"],
  ],
  "takes an account over: whoever does it outranks its user at that instant": [
    ...["reset password", "reset password with link", "reset second factor"],
  ],
  "weighs everybody's rank against the actor's at one instant": ["end all sessions"],
};

/** When a command that mostly needs no lock takes it. */
const sometimes: Record<string, string> = {
  "edit user": "other roles, or switched on or off",
  "update provisioned user":
    "switched on or off, an attribute that a rule reads, or rules that give other roles",
  "update provisioned group": "other members, or another name",
  "sign in with identity provider": "not known yet, or the provider's word gives other roles",
  "edit value group": "other members",
};

const named = (declared: boolean | string | undefined) =>
  operations
    .filter((one) => "changesAccess" in one && one.changesAccess === declared)
    .map(({ name }) => name)
    .sort();

test("every command that runs alone says why", () => {
  expect(Object.values(always).flat().sort()).toEqual(named(true));
  expect(Object.keys(sometimes).sort()).toEqual(named("sometimes"));
});
