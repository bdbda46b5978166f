import pg from "pg";
import type { Call } from "#lib/kernel/call.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { env } from "#lib/kernel/env.ts";
import { loadActor, startSession } from "#lib/sessions/index.ts";
import { openInstallation } from "#test/installation.ts";
import { type Person, person, password as presentPassword } from "#test/people.ts";
import { events, type Stage } from "./behind.ts";
import { catalogueRow } from "./catalogue-row.ts";
import { type Dice, diceOf } from "./dice.ts";
import { firstWorld } from "./first-world.ts";
import { outcomeOf, verdict } from "./outcome.ts";
import { may } from "./rights.ts";
import { type AnyRow, everythingIn } from "./row.ts";
import { rows } from "./rows.ts";
import { isManageable } from "./rules.ts";
import { differences, found, type TrailRow, toldBy } from "./state.ts";
import { trustPasswords } from "./trust-passwords.ts";
import { newUser } from "./user-rows.ts";
import {
  beginSession,
  type Caller,
  change,
  copyOf,
  dropUser,
  forgetEnded,
  type ModelSession,
  type ModelUser,
  opens,
  type World,
} from "./world.ts";

/** What a run counted: how often each operation ended how. */
export type Tally = Map<string, number>;

/** A step on which model and product disagree. */
export class Difference extends Error {}

/** An installation with its model, one step at a time. */
export class Walk {
  readonly tally: Tally = new Map();
  readonly story: string[] = [];
  #seed: number;
  #rows: readonly AnyRow[];
  #stage: Stage;
  #first: World["registration"];
  #every: number;
  /** What was not compared yet. */
  #due: { since: number; steps: number; roles: boolean; trail: TrailRow[] };
  #close: () => Promise<void>;

  private constructor(
    seed: number,
    all: readonly AnyRow[],
    stage: Stage,
    every: number,
    close: () => Promise<void>,
  ) {
    this.#seed = seed;
    this.#rows = all;
    this.#stage = stage;
    this.#first = stage.world.registration;
    this.#close = close;
    this.#every = every;
    this.#due = { since: stage.world.at, steps: 0, roles: false, trail: [] };
  }

  /** @param every after how many steps the state and the trail are compared; how each ends is compared at once */
  static async open(name: string, seed: number, every = 1): Promise<Walk> {
    const drop = await openInstallation(name);
    trustPasswords();
    const sql = new pg.Client({ connectionString: env().databaseUrl });
    await sql.connect();
    // Here every refusal leaves its row, however many there are in an hour.
    await sql.query(`
      CREATE FUNCTION count_nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER count_nothing BEFORE INSERT ON refusal_counters FOR EACH ROW EXECUTE FUNCTION count_nothing()`);
    const world = await firstWorld(name);
    const visitor = (): Call => ({
      actor: { kind: "anonymous" },
      door: "action",
      at: new Date(world.at),
      // Each from a network of its own: what others do there limits nobody.
      address: `2a00:${world.at.toString(16).slice(-4)}:${world.at.toString(16).slice(-8, -4)}::1`,
      agent: "a browser",
    });
    const close = async () => {
      await sql.end();
      await drop();
    };
    return new Walk(seed, [...rows, await catalogueRow(name)], { world, sql, visitor }, every, close);
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** @throws Difference */
  async step(number: number): Promise<void> {
    const { world } = this.#stage;
    const dice = diceOf(this.#seed, number);
    world.at += 1000;
    forgetEnded(world);
    const happening = byWeight(dice, [...this.#rows, ...events]);
    if ("happen" in happening) {
      this.story.push(`${number}: ${happening.name}`);
      await happening.happen(this.#stage, dice);
      forgetEnded(world);
      return this.#compare(number, false, []);
    }
    await this.#operate(number, happening, dice);
  }

  async #operate(number: number, row: AnyRow, dice: Dice): Promise<void> {
    const { caller, call } = await this.#someCaller(row, dice);
    await this.#perform(number, row, caller, call, row.input(dice, this.#stage.world, caller));
  }

  /** Runs one operation and answers how it ended, which is how the model says that it ends. */
  async #perform(
    number: number,
    row: AnyRow,
    caller: Caller,
    call: Call,
    input: Record<string, unknown>,
  ): Promise<string> {
    const { world } = this.#stage;
    const wanted = verdict(world, row, caller, input);
    const sent = row.complete ? await row.complete(input, this.#stage.sql, world) : input;
    const outcome = await outcomeOf(
      row,
      call,
      row.as === "user" ? { confirmed: everythingIn(world), ...sent } : sent,
    );
    const who = caller.kind === "user" ? caller.user.username : caller.kind;
    this.story.push(`${number}: ${who}: ${row.command.name} ${told(input)} -> ${outcome.reason}`);
    if (!wanted.includes(outcome.reason))
      throw new Difference(`the model says ${wanted.join(" or ")}, the product ${outcome.words}`);
    this.#count(row, outcome.reason);
    if (outcome.reason === "done") await this.#adopt(row, caller, input, outcome.result);
    const withRoles = (row.target === "role" && outcome.reason === "done") || number % 200 === 0;
    await this.#compare(number, withRoles || row.need === "system", outcome.trail);
    return outcome.reason;
  }

  get world(): World {
    return this.#stage.world;
  }

  /** Somebody new, with a session. */
  async hire(username: string, roles: readonly string[]): Promise<ModelUser> {
    const { world } = this.#stage;
    const someone: Person = await person({ username, roles: [...roles] });
    newUser(world, { ...someone, password: presentPassword }, roles, someone.id);
    await this.#enter(world.users.get(username) as ModelUser);
    return world.users.get(username) as ModelUser;
  }

  /** Takes somebody away again, behind the console's back. */
  async dismiss(user: ModelUser): Promise<void> {
    await this.#stage.sql.query("DELETE FROM users WHERE id = $1", [user.id]);
    dropUser(this.#stage.world, user);
  }

  /** One row of the generated table, as this user or on the server itself. */
  async ask(row: AnyRow, who: ModelUser, input: Record<string, unknown>): Promise<string> {
    const { world, visitor } = this.#stage;
    world.at += 1000;
    const [session] = who.sessions;
    if (row.as === "system")
      return this.#perform(1, row, { kind: "system" }, systemCall("the table", new Date(world.at)), input);
    if (!session) throw new Error(`${who.username} has no session.`);
    const call = visitor();
    const actor = await loadActor(session.token, call.at);
    return this.#perform(1, row, { kind: "user", user: who, session }, { ...call, actor }, input);
  }

  async #adopt(row: AnyRow, caller: Caller, input: Record<string, unknown>, result: unknown): Promise<void> {
    const { world } = this.#stage;
    const next = copyOf(world);
    row.apply(next, caller, input, (result ?? {}) as Record<string, unknown>);
    Object.assign(world, next);
    if (!isManageable(world)) throw new Difference("nobody can administer this installation any more");
    for (const user of world.users.values()) {
      const unnamed = user.sessions.find(({ id }) => id === "");
      if (unnamed) await this.#nameSession(user, unnamed);
    }
  }

  async #compare(number: number, withRoles: boolean, trail: TrailRow[]): Promise<void> {
    const due = this.#due;
    due.steps += 1;
    due.roles ||= withRoles;
    due.trail.push(...trail);
    if (due.steps >= this.#every) await this.catchUp(number);
  }

  /** Compares what was not compared yet. @throws Difference */
  async catchUp(number: number): Promise<void> {
    const { world, sql } = this.#stage;
    const { since, roles, trail } = this.#due;
    this.#due = { since: world.at, steps: 0, roles: false, trail: [] };
    const seen = await found(sql, [since, world.at], this.#first, roles);
    const wrong = differences(toldBy(world, roles), seen);
    if (JSON.stringify(seen.trail) !== JSON.stringify(trail))
      wrong.push(`  the trail has ${JSON.stringify(seen.trail)}, not ${JSON.stringify(trail)}`);
    if (wrong.length > 0) throw new Difference(`after step ${number}\n${wrong.join("\n")}`);
  }

  #count(row: AnyRow, reason: string): void {
    for (const key of [reason, `${row.command.name}: ${reason}`, "operations"])
      this.tally.set(key, (this.tally.get(key) ?? 0) + 1);
  }

  async #someCaller(row: AnyRow, dice: Dice): Promise<{ caller: Caller; call: Call }> {
    const { world, visitor } = this.#stage;
    const stranger = dice.chance(0.02);
    if (row.as === "system" && !stranger)
      return { caller: { kind: "system" }, call: systemCall("the model", new Date(world.at)) };
    if (row.as === "anonymous" || stranger) {
      // A token that was ended opens nothing.
      const asks = world.dead.length > 0 && dice.chance(0.3);
      const dead = asks ? await loadActor(dice.pick(world.dead), new Date(world.at)) : null;
      if (dead && dead.kind !== "anonymous") throw new Difference("an ended session still opens");
      return { caller: { kind: "anonymous" }, call: visitor() };
    }
    return this.#asUser(row, dice);
  }

  async #asUser(row: AnyRow, dice: Dice): Promise<{ caller: Caller; call: Call }> {
    const { world, visitor } = this.#stage;
    const user = somebodyFor(row, dice, world);
    const stale = user.sessions.some(({ proven }) => world.at - proven > 30 * 60_000) && dice.chance(0.85);
    const canEnter = user.active && user.password !== null;
    if (canEnter && (user.sessions.length === 0 || stale || dice.chance(0.05))) await this.#enter(user);
    const present = world.users.get(user.username) as ModelUser;
    const last = present.sessions.at(-1);
    const session = last && dice.chance(0.9) ? last : present.sessions[dice.below(present.sessions.length)];
    const call = visitor();
    if (!session) return { caller: { kind: "anonymous" }, call };
    const actor = await loadActor(session.token, call.at);
    if (!opens(present, session, world.at)) {
      if (actor.kind !== "anonymous") throw new Difference("a session that ran out still opens");
      return { caller: { kind: "anonymous" }, call };
    }
    if (actor.kind !== "user" || actor.id !== user.id)
      throw new Difference(`${user.username}'s session does not open`);
    const used = world.at - session.used > 60_000 ? world.at : session.used;
    const touched = { ...session, used };
    change(world, user.username, {
      sessions: present.sessions.map((one) => (one.id === session.id ? touched : one)),
    });
    return {
      caller: { kind: "user", user: world.users.get(user.username) as ModelUser, session: touched },
      call: { ...call, actor },
    };
  }

  async #enter(user: ModelUser): Promise<void> {
    const { world, visitor } = this.#stage;
    const { token } = await database().$transaction((tx) =>
      startSession(tx, visitor(), user.id, { method: "password" }),
    );
    beginSession(world, user, token);
    const present = world.users.get(user.username) as ModelUser;
    await this.#nameSession(present, present.sessions.at(-1) as ModelSession);
  }

  async #nameSession(user: ModelUser, unnamed: ModelSession): Promise<void> {
    const actor = await loadActor(unnamed.token, new Date(this.#stage.world.at));
    const id = actor.kind === "user" ? actor.sessionId : "none";
    const sessions = user.sessions.map((one) => (one === unnamed ? { ...one, id } : one));
    change(this.#stage.world, user.username, { sessions });
  }
}

const told = (input: object): string =>
  "permissions" in input
    ? "an edition"
    : JSON.stringify(input).replaceAll(/"(givenName|familyName)":"",?/g, "");

/** Mostly somebody who may, so that much is done; at times anybody. */
function somebodyFor(row: AnyRow, dice: Dice, world: World): ModelUser {
  const all = [...world.users.values()];
  const { need } = row;
  if (need === "public" || need === "signedIn" || need === "system" || dice.chance(0.15))
    return dice.pick(all);
  const able = all.filter((user) => may(world, user, need) && user.password !== null);
  return able.length > 0 ? dice.pick(able) : dice.pick(all);
}

function byWeight<T extends { weight: number }>(dice: Dice, all: readonly T[]): T {
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  let left = (dice.below(1_000_000) / 1_000_000) * total;
  const reached = ({ weight }: T) => {
    left -= weight;
    return left < 0;
  };
  return all.find(reached) ?? (all[0] as T);
}
