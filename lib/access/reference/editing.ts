import * as fc from "fast-check";
import type { RoleSource } from "../model.ts";
import { differenceIn } from "./agreement.ts";
import type { Law } from "./law.ts";
import { role, type World, worlds } from "./worlds.ts";

export interface Example extends World {
  edited: RoleSource;
}

export const editing: Law<Example> = {
  title: "a policy with one role edited answers as one that was compiled anew",
  usual: 1500,
  examples: worlds
    .chain((world) =>
      fc.record({
        world: fc.constant(world),
        edited: fc.constantFrom(...world.source.roles).chain(({ key }) => role(key)),
      }),
    )
    .map(({ world, edited }) => ({ ...world, edited })),
  breach(engine, { edited, ...world }) {
    const { source, subject, at } = world;
    const before = engine.compile(source);
    // What was worked out for earlier answers must not outlive the edit.
    engine.effective(before, subject, at);
    const policy = engine.withRole(before, edited);
    if (policy === undefined) return "the role is not found";
    const roles = source.roles.map((one) => (one.key === edited.key ? edited : one));
    return differenceIn({ ...engine, compile: () => policy }, { ...world, source: { ...source, roles } });
  },
};
