import * as fc from "fast-check";
import type { PolicySource, Resource, Subject } from "../model.ts";
import type { Law } from "./law.ts";
import { referenceApi, referenceDecide, referenceRank } from "./reference.ts";
import { laterThan, permissionsAsked, type World, worlds } from "./worlds.ts";

interface Example extends World {
  instants: number[];
}

/** All that a subject may do at an instant, as far as these resources show it. */
function rights(source: PolicySource, subject: Subject, at: number, resources: readonly Resource[]): string {
  const { full, read, endpoints } = referenceApi(source, subject, at);
  const effects = permissionsAsked.flatMap((permission) =>
    [undefined, ...resources].map((resource) =>
      referenceDecide(source, subject, { permission, at, resource }),
    ),
  );
  const calls = full ? "everything" : [read, endpoints.toSorted()];
  return JSON.stringify([effects, calls, referenceRank(source, subject, at)]);
}

export const idleness: Law<Example> = {
  title: "T17 (engine) without the redundant assignments nothing changes, now or later",
  usual: 1500,
  examples: worlds
    .chain((world) => fc.record({ world: fc.constant(world), instants: laterThan(world.at) }))
    .map(({ world, instants }) => ({ ...world, instants })),
  breach(engine, { source, subject, at, resources, instants }) {
    const active = { ...subject, active: true };
    const named = engine.redundant(engine.compile(source), active, at).map(({ assignment }) => assignment);
    if (named.length === 0) return undefined;
    const rest = { ...active, assignments: active.assignments.filter(({ id }) => !named.includes(id)) };
    const changed = instants.find(
      (later) => rights(source, active, later, resources) !== rights(source, rest, later, resources),
    );
    return changed === undefined ? undefined : `at ${changed}, without ${named}`;
  },
};
