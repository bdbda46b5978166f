import type { Client } from "pg";
import type { z } from "zod";
import type { Command } from "#lib/kernel/operation.ts";
import type { Dice } from "./dice.ts";
import { keeps, type Need } from "./rules.ts";
import type { Caller, ModelUser, World } from "./world.ts";

/** One operation: how to make an input for it, and what the model says. */
export interface Row<Input = never> {
  // biome-ignore lint/suspicious/noExplicitAny: commands of every kind
  command: Command<any, any, any>;
  /** How often, compared with the others. */
  weight: number;
  as: "user" | "anonymous" | "system";
  need: Need;
  dangerous: boolean;
  /** Whom or what it acts on: the generated table asks every such operation. */
  target: "user" | "role" | "self" | "none";
  input(dice: Dice, world: World, caller: Caller): Input;
  /** What only the database knows, put in before it is sent. */
  complete?(input: Input, sql: Client, world: World): Promise<Input>;
  /** The ways in which it can be aimed at somebody or at a role, for the generated table. */
  aims?: Record<string, (aim: Aim) => Input>;
  /** Every rule that refuses, when whoever asks may ask at all. Lockout and never-empty are tested for every row. */
  refusals(world: World, caller: Caller, input: Input): string[];
  /** Of an act on many: on how many, by what it answered. */
  people?(result: Record<string, unknown>): number;
  /** What changes; `result` is what the operation answered, absent while the change is only tried. */
  apply(world: World, caller: Caller, input: Input, result?: Record<string, unknown>): void;
}

/** Whom the table aims at: a user, the role that this user holds, a preset, another role, and a name and address that nobody has. */
export interface Aim {
  user: ModelUser;
  role: string;
  roleVersion: number;
  preset: string;
  other: string;
  free: { username: string; email: string };
}

export type AnyRow = Row<Record<string, unknown>>;

// The driver gives a row only what the row itself made.
export const row = <I extends z.ZodType, R, P, Input extends object>(
  made: Omit<Row<Input>, "command"> & { command: Command<I, R, P> },
): AnyRow => made as unknown as AnyRow;

/** Every danger is confirmed where an input does not say which. */
export const everythingIn = ({ roles, permissions }: World): string[] => [
  ...roles.keys(),
  ...permissions.keys(),
];

export const usernames = ["ann", "bob", "cid", "dee", "eve", "fay", "gus", "hal", "ida", "jon", "kit", "lea"];
const passwords = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `quiet lamps by the sea ${number}`);
export const nobody = "0190e0a0-0000-7000-8000-000000000000";

/** Mostly a good one. */
export const somePassword = (dice: Dice): string => (dice.chance(0.04) ? "short" : dice.pick(passwords));

export function passwordRules(user: ModelUser | undefined, password: string): string[] {
  if (password.length < 15) return ["weak_password"];
  if (!user) return [];
  const former = user.former.slice(0, 5);
  return user.password === password || former.includes(password) ? ["password_reused"] : [];
}

/** Whoever alone keeps the installation manageable is met more often than others. */
export function someUser(dice: Dice, world: World): ModelUser {
  const all = [...world.users.values()];
  const keepers = dice.chance(0.25) ? all.filter((user) => keeps(world, user)) : [];
  return keepers.length === 1 ? (keepers[0] as ModelUser) : dice.pick(all);
}

/** Now and then somebody who was never there. */
export const someId = (dice: Dice, world: World): string =>
  dice.chance(0.02) ? nobody : someUser(dice, world).id;

export const someRole = (dice: Dice, { roles }: World): string =>
  dice.chance(0.02) ? "ghost" : dice.pick([...roles.keys()]);

export function someRoles(dice: Dice, world: World): string[] {
  const several = world.catalogue.assignment === "multiple" ? 0.5 : 0.03;
  const roles = [someRole(dice, world)];
  while (dice.chance(several) && roles.length < 4) roles.push(someRole(dice, world));
  return [...new Set(roles)];
}

export const someEmail = (dice: Dice): string =>
  `${dice.pick(usernames)}${dice.below(3)}@${dice.chance(0.1) ? "EXAMPLE" : "example"}.com`;

/** The version that a form would hold, seldom an old one. */
export const someVersion = (dice: Dice, version: number | undefined): number =>
  Math.max(1, (version ?? 1) - (dice.chance(0.04) ? 1 : 0));
