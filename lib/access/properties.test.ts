import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as access from "./index.ts";
import {
  check,
  compile,
  decide,
  type Path,
  type PolicySource,
  type RoleSource,
  type Subject,
} from "./index.ts";
import { isBlocked } from "./reference/reference.ts";
import { alone, pathsOf } from "./reference/replay.ts";
import { patience, runs } from "./reference/runs.ts";
import { permissionsAsked, worlds } from "./reference/worlds.ts";

const width = { deny: 0, limited: 1, allow: 2 };

test("one more role takes nothing away, unless it blocks", { timeout: patience }, () => {
  fc.assert(
    fc.property(worlds, fc.constantFrom("r0", "r1", "r2"), ({ source, subject, at, resources }, role) => {
      const policy = compile(source);
      const more = { ...subject, assignments: [...subject.assignments, { id: "more", role }] };
      if (isBlocked(source, more, at)) return;
      for (const permission of permissionsAsked)
        for (const resource of [undefined, ...resources])
          expect(width[check(policy, more, permission, at, resource)]).toBeGreaterThanOrEqual(
            width[check(policy, subject, permission, at, resource)],
          );
    }),
    { numRuns: runs(500) },
  );
});

test("a superuser role gives everything but its exceptions, whatever else is stored", {
  timeout: patience,
}, () => {
  fc.assert(
    fc.property(worlds, ({ source, at }) => {
      const [first, ...others] = source.roles;
      if (!first || Number.isNaN(at)) return;
      const chief = { ...first, superuser: true, blocking: false, window: undefined, inherits: [] };
      const policy = compile({ ...source, roles: [chief, ...others] });
      const ann: Subject = { id: "ann", active: true, assignments: [{ id: "a", role: chief.key }] };
      for (const { key } of source.permissions)
        expect(check(policy, ann, key, at)).toBe(chief.except.includes(key) ? "deny" : "allow");
    }),
    { numRuns: runs(500) },
  );
});

/** The same world without one step of the path: assignment, each role on the way, the grant, what implies the permission. */
function* withoutOneStep(source: PolicySource, subject: Subject, permission: string, path: Path) {
  yield { source, subject: { ...subject, assignments: [] } };
  const last = path.roles.at(-1);
  for (const gone of path.roles) {
    yield { source: { ...source, roles: source.roles.filter(({ key }) => key !== gone) }, subject };
    if (gone !== last)
      yield { source: withRole(source, gone, (role) => ({ ...role, inherits: [] })), subject };
  }
  yield {
    source: withRole(source, last, (role) => ({ ...role, superuser: false, grants: [] })),
    subject,
  };
  if (path.grant !== undefined && path.grant !== permission) {
    const permissions = source.permissions.map((one) => ({ ...one, implies: [] }));
    yield { source: { ...source, permissions }, subject };
  }
}

function withRole(
  source: PolicySource,
  wanted: string | undefined,
  change: (role: RoleSource) => RoleSource,
) {
  return { ...source, roles: source.roles.map((role) => (role.key === wanted ? change(role) : role)) };
}

test("T16 (engine) the only path of an allow is needed step by step", { timeout: patience }, () => {
  let steps = 0;
  fc.assert(
    fc.property(worlds, (world) => {
      for (const { question, path } of pathsOf(access, compile(world.source), world)) {
        const only = alone(world.source, world.subject, path);
        for (const { source, subject } of withoutOneStep(
          only.source,
          only.subject,
          question.permission,
          path,
        )) {
          steps++;
          expect(decide(compile(source), subject, question).effect).toBe("deny");
        }
      }
    }),
    { numRuns: runs(500) },
  );
  expect(steps).toBeGreaterThan(runs(2500));
});

test("weird input is denied or passed over, never thrown", { timeout: patience }, () => {
  fc.assert(
    fc.property(worlds, fc.double(), fc.string(), ({ source, subject, resources }, at, permission) => {
      const policy = compile(source);
      for (const resource of [undefined, ...resources]) {
        expect(check(policy, subject, permission, at, resource)).toBe("deny");
        for (const known of permissionsAsked)
          expect(decide(policy, subject, { permission: known, at, resource }).effect).toBe(
            check(policy, subject, known, at, resource),
          );
      }
    }),
    { numRuns: runs(500) },
  );
});
