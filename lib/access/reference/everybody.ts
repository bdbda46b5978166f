import * as fc from "fast-check";
import type { Subject } from "../model.ts";
import type { Law } from "./law.ts";
import { referenceDecide } from "./reference.ts";
import { permissionsAsked, subjectsAt, type World, worlds } from "./worlds.ts";

interface Example extends World {
  subjects: Subject[];
}

export const everybody: Law<Example> = {
  title: "whoever can is whoever the reference lets",
  usual: 700,
  examples: worlds
    .chain((world) =>
      fc.record({ world: fc.constant(world), subjects: fc.array(subjectsAt(world.at), { maxLength: 6 }) }),
    )
    .map(({ world, subjects }) => ({ ...world, subjects })),
  breach(engine, { source, subjects, at, resources, action, context }) {
    const policy = engine.compile(source);
    for (const permission of permissionsAsked)
      for (const resource of [undefined, ...resources]) {
        const question = { permission, at, resource, action, context };
        const found = engine.whoCan(policy, subjects, question);
        for (const subject of subjects) {
          const said = found.allowed.includes(subject)
            ? "allow"
            : found.limited.includes(subject)
              ? "limited"
              : "deny";
          const expected = referenceDecide(source, subject, question);
          if (said !== expected) return `${permission}: ${said} instead of ${expected}`;
        }
        const inOrder = subjects.filter((subject) => found.allowed.includes(subject));
        if (JSON.stringify(inOrder) !== JSON.stringify(found.allowed)) return "out of order";
      }
    return undefined;
  },
};
