import * as fc from "fast-check";
import type { AssignmentSource, Path, Policy, PolicySource, Question, Subject } from "../index.ts";
import type { Engine, Law } from "./law.ts";
import { referenceDecide } from "./reference.ts";
import { instants, permissionsAsked, type World, worlds } from "./worlds.ts";

/** The world with nothing left in it but what an explanation names. */
export function alone(source: PolicySource, subject: Subject, { assignment, roles, grant, limit }: Path) {
  const kept = source.roles.filter(({ key }) => roles.includes(key));
  const chain = kept.map((role) => {
    const place = roles.indexOf(role.key);
    const last = place === roles.length - 1;
    const limits = limit ? [limit] : [];
    return {
      ...role,
      superuser: last && grant === undefined,
      inherits: role.inherits.filter((base) => base === roles[place + 1]),
      grants: last && grant !== undefined ? [{ permission: grant, limits }] : [],
    };
  });
  const assignments = subject.assignments.filter(({ id }): boolean => id === assignment);
  return {
    source: { ...source, roles: chain },
    subject: { ...subject, assignments: assignments as AssignmentSource[] },
  };
}

type Explaining = Pick<Engine, "decide">;

/** Every path that explains an answer in a world. */
export function pathsOf(engine: Explaining, policy: Policy, { subject, at, resources }: World) {
  return permissionsAsked.flatMap((permission) =>
    [undefined, ...resources].flatMap((resource) => {
      const question: Question = { permission, at, resource };
      const { reason, effect } = engine.decide(policy, subject, question);
      const paths = reason.kind === "granted" ? [reason.path] : reason.kind === "limited" ? reason.paths : [];
      return paths.map((path) => ({ question, effect, path }));
    }),
  );
}

/** Whether a role really has what the end of a path says of it. */
function isStored({ roles }: PolicySource, { roles: way, grant, limit }: Path): boolean {
  const last = roles.find(({ key }) => key === way.at(-1));
  if (grant === undefined) return last?.superuser === true;
  const stored = last?.grants.filter(({ permission }) => permission === grant) ?? [];
  if (limit) return stored.some(({ limits }) => limits.includes(limit));
  return stored.some(({ limits }) => limits.length === 0 || limits.some(({ where }) => where.length === 0));
}

interface Example extends World {
  later: number;
}

export const replay: Law<Example> = {
  title: "T16 (engine) the path of an explanation gives the same answer on its own, and was really granted",
  usual: 1000,
  examples: fc.record({ world: worlds, later: instants }).map(({ world, later }) => ({ ...world, later })),
  breach(engine, { later, ...world }) {
    const { source, subject } = world;
    const policy = engine.compile(source);
    // The first instant once more: nothing that was worked out at the other one may show.
    for (const at of [world.at, later, world.at])
      for (const { question, effect, path } of pathsOf(engine, policy, { ...world, at })) {
        const only = alone(source, subject, path);
        const replayed = referenceDecide(only.source, only.subject, question);
        if (replayed !== effect) return `${effect} by ${JSON.stringify(path)}, which gives ${replayed}`;
        if (!isStored(source, path)) return `nothing stored is ${JSON.stringify(path)}`;
      }
    return undefined;
  },
};
