import type * as access from "../index.ts";
import type { Engine, Law } from "./law.ts";
import { referenceApi, referenceDecide, referenceRank } from "./reference.ts";
import { accepts } from "./reference-filter.ts";
import { permissionsAsked, type World, worlds } from "./worlds.ts";

const differ = (what: string, engine: unknown, reference: unknown): string | undefined => {
  const [ours, theirs] = [JSON.stringify(engine), JSON.stringify(reference)];
  return ours === theirs ? undefined : `${what}: engine ${ours}, reference ${theirs}`;
};

/** Compares one permission with and without resources; the residual filter must accept what is allowed, and only that. */
function differenceFor(
  engine: Engine,
  world: World,
  policy: access.Policy,
  permission: string,
): string | undefined {
  const { source, subject, at, resources, action, context } = world;
  const general = { permission, at, action, context };
  const answer = engine.decide(policy, subject, general);
  const expected = referenceDecide(source, subject, general);
  const first =
    differ(permission, answer.effect, expected) ??
    differ(
      `check ${permission}`,
      engine.check(policy, subject, permission, at, undefined, action, context),
      expected,
    );
  if (first) return first;
  for (const resource of resources) {
    const question = { ...general, resource };
    const particular = referenceDecide(source, subject, question);
    const filtered = answer.limits
      ? accepts({ subject, question, source }, answer.limits)
      : answer.effect === "allow";
    const difference =
      differ(`${permission} on a resource`, engine.decide(policy, subject, question).effect, particular) ??
      differ(
        `check ${permission} on a resource`,
        engine.check(policy, subject, permission, at, resource, action, context),
        particular,
      ) ??
      differ(`residual filter of ${permission}`, filtered, particular === "allow");
    if (difference) return difference;
  }
  return undefined;
}

/** The first point on which engine and reference do not agree about a world. */
export function differenceIn(engine: Engine, world: World): string | undefined {
  const { source, subject, at } = world;
  const policy = engine.compile(source);
  for (const permission of permissionsAsked) {
    const difference = differenceFor(engine, world, policy, permission);
    if (difference) return difference;
  }
  const held = source.permissions
    .map(({ key }) => ({
      permission: key,
      effect: referenceDecide(source, subject, { permission: key, at }),
    }))
    .filter(({ effect }) => effect !== "deny");
  const effective = engine
    .effective(policy, subject, at)
    .map(({ permission, effect }) => ({ permission, effect }));
  return (
    differ("effective", effective, held) ??
    differ("rank", engine.rankOf(policy, subject, at), referenceRank(source, subject, at)) ??
    differ("API access", engine.apiReach(policy, subject, at), referenceApi(source, subject, at))
  );
}

export const agreement: Law<World> = {
  title: "the engine answers as the reference does",
  usual: 7500,
  examples: worlds,
  breach: differenceIn,
};
