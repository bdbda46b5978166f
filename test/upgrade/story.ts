import type { z } from "zod";
import type { Catalogue } from "#lib/access/index.ts";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { type Command, runCommand } from "#lib/kernel/operation.ts";
import { loadActor } from "#lib/sessions/index.ts";
import { signIn } from "#lib/sign-in/index.ts";
import { createUser } from "#lib/users/index.ts";
import type { Account } from "./manifest.ts";

export const password = "four quiet lamps by the sea";
const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/**
 * What happens at an installation before it is recorded: everything through the product's own operations, each at
 * its instant. An instant is part of every request, so the story of some weeks is told in seconds.
 */
export class Story {
  readonly accounts = new Map<string, Account>();
  readonly catalogue: Catalogue;
  /** Roles that nobody gets by the way: those that administer. */
  readonly roles: string[];
  #at: number;
  #added = 0;

  constructor(catalogue: Catalogue, begin: number) {
    this.catalogue = catalogue;
    this.#at = begin;
    this.roles = catalogue.roles.map(({ key }) => key);
  }

  get single(): boolean {
    return this.catalogue.assignment === "single";
  }

  /** A built-in role that gives something and is not everything. */
  get plainRole(): string {
    return this.catalogue.newUserRoles[0] ?? this.roles.at(-1) ?? "";
  }

  /** A minute later at every call. */
  at(): Date {
    this.#at += minute;
    return new Date(this.#at);
  }

  wait(milliseconds: number): void {
    this.#at += milliseconds;
  }

  visitor(address = "192.0.2.7"): Call {
    return {
      actor: { kind: "anonymous" },
      door: "action",
      at: this.at(),
      address,
      agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      requestId: `story-${this.#at}`,
      origin: "http://localhost:3000",
    };
  }

  /** A request of somebody, who signs in again where a change of roles or a sign-out has ended the session. */
  async as(username: string): Promise<Call> {
    const [token] = this.account(username).sessions;
    const call = this.visitor();
    const actor = token ? await loadActor(token, call.at) : undefined;
    if (actor?.kind === "user") return { ...call, actor };
    await this.settle(username);
    const renewed = await this.signIn(username);
    const { at } = this.visitor();
    return { ...call, at, actor: await loadActor(renewed, at) };
  }

  /** Tells sessions that have ended from those that live. */
  async settle(username: string): Promise<void> {
    const account = this.account(username);
    const at = this.at();
    const live: string[] = [];
    for (const token of account.sessions) {
      const { kind } = await loadActor(token, at);
      (kind === "user" ? live : account.ended).push(token);
    }
    account.sessions = live;
  }

  account(username: string): Account {
    const account = this.accounts.get(username);
    if (!account) throw new Error(`There is no ${username} in the story.`);
    return account;
  }

  /** Something that the release allows; everything that it warns of is meant. */
  async done<I extends z.ZodType, R, P>(
    command: Command<I, R, P>,
    who: string | Call,
    input: object,
  ): Promise<R> {
    const call = typeof who === "string" ? await this.as(who) : who;
    return runCommand(command, call, { confirmed: await everyKey(), ...input });
  }

  /** Something that the release refuses, and notes in the audit log. */
  async refused<I extends z.ZodType, R, P>(
    command: Command<I, R, P>,
    who: string | Call,
    input: object,
  ): Promise<void> {
    const taken = await this.tried(command, who, input);
    if (taken) throw new Error(`"${command.name}" was not refused.`);
  }

  /** Something of which only the release knows whether it goes. */
  async tried<I extends z.ZodType, R, P>(
    command: Command<I, R, P>,
    who: string | Call,
    input: object,
  ): Promise<R | undefined> {
    try {
      return await this.done(command, who, input);
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }

  remember(id: string, username: string, known: Partial<Account> = {}): Account {
    const account = { id, username, sessions: [], ended: [], ...known };
    this.accounts.set(username, account);
    return account;
  }

  /** The owner adds somebody; undefined when the release does not take the name. */
  async add(given: {
    username: string;
    email?: string;
    givenName?: string;
    familyName?: string;
    roles?: string[];
  }) {
    const { email = `person${++this.#added}@example.com`, roles = [this.plainRole] } = given;
    const input = { givenName: "", familyName: "", ...given, email, roles, password };
    const added = await this.tried(createUser, "owner", input);
    return added && this.remember(added.id, added.username, { password });
  }

  async signIn(username: string, address?: string): Promise<string> {
    const account = this.account(username);
    const call = this.visitor(address);
    const { token, kind } = await this.done(signIn, call, {
      identifier: username,
      password: account.password,
    });
    if (kind === "session") account.sessions.push(token);
    return token;
  }
}

/** Every role and permission there is: who confirms these confirms everything. */
async function everyKey(): Promise<string[]> {
  const [roles, permissions] = await Promise.all([
    database().role.findMany({ select: { key: true } }),
    database().permission.findMany({ select: { key: true } }),
  ]);
  return [...roles, ...permissions].map(({ key }) => key);
}
