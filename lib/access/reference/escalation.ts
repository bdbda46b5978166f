import * as fc from "fast-check";
import type { AssignmentSource, Subject } from "../model.ts";
import type { Law } from "./law.ts";
import { isBlocked, referenceDecide } from "./reference.ts";
import { assignment, laterThan, permissionsAsked, type World, worlds } from "./worlds.ts";

interface Example extends World {
  given: Omit<AssignmentSource, "id">;
  organizations: readonly string[];
  teams: readonly string[];
  known: boolean;
  instants: number[];
}

const examples: fc.Arbitrary<Example> = worlds
  .chain((world) =>
    fc.record({
      world: fc.constant(world),
      given: fc.oneof(assignment(world.at), fc.record({ role: fc.constantFrom("r0", "r1", "r2") })),
      organizations: fc.subarray(["o1", "o2", "o3"]),
      teams: fc.subarray(["t1", "t2", "t3"]),
      known: fc.boolean(),
      instants: laterThan(world.at),
    }),
  )
  .map(({ world, ...rest }) => ({ ...world, ...rest }));

/** The recipient is called what the giver is called, so that what is personal is the same for both. */
export const escalation: Law<Example> = {
  title:
    "whoever gives a role that is not beyond their own gives nothing, now or later, that they do not have",
  usual: 3000,
  examples,
  breach(engine, { source, subject, at, resources, given, organizations, teams, known, instants }) {
    const policy = engine.compile(source);
    const members = known ? { organizations, teams } : subject;
    const giving = known ? { subject: members, assignment: given } : { assignment: given };
    const refused = engine.beyond(policy, subject, given.role, at, giving);
    const recipient: Subject = {
      ...subject,
      organizations: members.organizations,
      teams: members.teams,
      active: true,
      assignments: [{ ...given, id: "given" }],
    };
    for (const permission of permissionsAsked) {
      if (refused.includes(permission)) continue;
      for (const later of instants) {
        if (later > at && isBlocked(source, subject, later)) continue;
        for (const resource of resources) {
          const question = { permission, at: later, resource };
          if (referenceDecide(source, recipient, question) !== "allow") continue;
          if (referenceDecide(source, subject, question) !== "allow")
            return `${permission} at ${later} on ${JSON.stringify(resource)}`;
        }
      }
    }
    return undefined;
  },
};
