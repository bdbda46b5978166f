import { check, compile, decide } from "../../lib/access/index.ts";
import type { Contestant } from "./contestant.ts";
import { conditionsOf, isAtLeast, severities, type World } from "./world.ts";

const at = Date.UTC(2026, 2, 2, 12);

/** Two look-ups and a bit test: nothing that tells users and permissions apart can be faster. */
export const floor: Contestant = {
  name: "floor: two Maps and a bit",
  load({ source, subjects }) {
    const bitOf = new Map(source.permissions.map(({ key }, bit) => [key, bit]));
    const users = new Map(
      subjects.map((subject) => {
        const bits = new Uint32Array((bitOf.size + 31) >>> 5);
        for (const key of conditionsOf({ source }, subject).keys()) {
          const bit = bitOf.get(key) as number;
          bits[bit >>> 5] = (bits[bit >>> 5] as number) | (1 << (bit & 31));
        }
        return [subject.id, bits];
      }),
    );
    const allows = (user: string, permission: string): boolean => {
      const bits = users.get(user);
      const bit = bitOf.get(permission);
      return (
        bits !== undefined && bit !== undefined && ((bits[bit >>> 5] as number) & (1 << (bit & 31))) !== 0
      );
    };
    return {
      answer: ({ user, permission }) => allows(user, permission),
      count(all) {
        let yes = 0;
        for (const { user, permission } of all) if (allows(user, permission)) yes++;
        return yes;
      },
    };
  },
};

/** The floor where conditions count: a Map of them for each user. */
export const mapOfConditions: Contestant = {
  name: "floor: Map of conditions",
  load({ source, subjects }) {
    const passing = new Map(severities.map((least) => [least, (one: string) => isAtLeast(one, least)]));
    const users = new Map(
      subjects.map((subject) => {
        const conditions = [...conditionsOf({ source }, subject)].map(
          ([key, least]) => [key, least.flatMap((one) => passing.get(one) ?? [])] as const,
        );
        return [subject.id, new Map(conditions)];
      }),
    );
    const allows = (user: string, permission: string, severity: unknown): boolean => {
      const conditions = users.get(user)?.get(permission);
      if (conditions === undefined) return false;
      for (const passes of conditions) if (passes(severity as string)) return true;
      return conditions.length === 0;
    };
    return {
      answer: ({ user, permission, thing }) => allows(user, permission, thing?.attributes?.severity),
      count(all) {
        let yes = 0;
        for (const { user, permission, thing } of all)
          if (allows(user, permission, thing?.attributes?.severity)) yes++;
        return yes;
      },
    };
  },
};

/** Everybody was asked about once, so that load and memory are those of laid out subjects. */
function loadSubjects({ source, subjects }: World) {
  const policy = compile(source);
  const permission = source.permissions[0]?.key ?? "";
  for (const subject of subjects) check(policy, subject, permission, at);
  return { policy, users: new Map(subjects.map((subject) => [subject.id, subject])) };
}

export const checked: Contestant = {
  name: "Bailiwick, check",
  load(world) {
    const { policy, users } = loadSubjects(world);
    return {
      answer({ user, permission, thing }) {
        const one = users.get(user);
        return one !== undefined && check(policy, one, permission, at, thing) === "allow";
      },
      count(all) {
        let yes = 0;
        for (const { user, permission, thing } of all) {
          const one = users.get(user);
          if (one !== undefined && check(policy, one, permission, at, thing) === "allow") yes++;
        }
        return yes;
      },
    };
  },
};

export const explained: Contestant = {
  name: "Bailiwick, with reasons",
  load(world) {
    const { policy, users } = loadSubjects(world);
    return {
      answer({ user, permission, thing }) {
        const one = users.get(user);
        return (
          one !== undefined && decide(policy, one, { permission, at, resource: thing }).effect === "allow"
        );
      },
      count(all) {
        let yes = 0;
        for (const { user, permission, thing } of all) {
          const one = users.get(user);
          if (
            one !== undefined &&
            decide(policy, one, { permission, at, resource: thing }).effect === "allow"
          )
            yes++;
        }
        return yes;
      },
    };
  },
};
