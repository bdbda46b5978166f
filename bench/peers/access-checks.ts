import { createMongoAbility, type MongoAbility, type RawRuleOf, subject as tagged } from "@casl/ability";
import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import { AccessControl, type IGrants } from "accesscontrol";
import { createAccessControl } from "better-auth/plugins/access";
import { newCachedEnforcer, newModelFromString } from "casbin";
import { createPermix } from "permix";
import type { Contestant, Loaded } from "../access-checks/contestant.ts";
import {
  actions,
  closureOf,
  conditionsOf,
  type Query,
  severities,
  type World,
} from "../access-checks/world.ts";

/** A loop of its own for each, written out of its answer. */
const loopOf = (answer: (query: Query) => boolean): Loaded => ({
  answer,
  count: new Function(
    "answer",
    "return (all) => { let yes = 0; for (const query of all) if (answer(query)) yes++; return yes; }",
  )(answer),
});

const split = (permission: string) => permission.split(".") as [resource: string, action: string];

const casl: Contestant = {
  name: "@casl/ability",
  load(world) {
    const users = new Map(
      world.subjects.map((one) => {
        const rules = [...conditionsOf(world, one)].flatMap(([key, least]): RawRuleOf<MongoAbility>[] => {
          const [subject, action] = split(key);
          if (least.length === 0) return [{ action, subject }];
          return least.map((from) => ({
            action,
            subject,
            conditions: { severity: { $in: severities.slice(severities.indexOf(from)) } },
          }));
        });
        return [one.id, createMongoAbility(rules)];
      }),
    );
    // Things carry their type, as CASL wants it; made beforehand, so that this costs nothing here.
    const things = new Map(
      world.queries.map((query) => [
        query,
        query.thing ? tagged(query.resource, { ...query.thing.attributes }) : query.resource,
      ]),
    );
    return loopOf((query) => {
      const ability = users.get(query.user) as MongoAbility;
      return ability.can(query.action, things.get(query) as string);
    });
  },
};

const permix: Contestant = {
  name: "permix",
  takes: (world) => (world.title.includes("conditions") ? 0 : world.queries.length),
  load(world) {
    const users = new Map(
      world.subjects.map((one) => {
        const rules: Record<string, Record<string, boolean>> = {};
        const held = conditionsOf(world, one);
        for (const { key } of world.source.permissions) {
          const [resource, action] = split(key);
          rules[resource] = { ...rules[resource], [action]: held.has(key) };
        }
        const instance = createPermix<Record<string, readonly string[]>>();
        instance.setup(rules);
        return [one.id, instance];
      }),
    );
    return loopOf(({ user, permission }) => users.get(user)?.check(permission as never) === true);
  },
};

/** Roles with all that they inherit, by resource and action. */
function statementsOf(world: World): Map<string, Record<string, string[]>> {
  const byKey = new Map(world.source.roles.map((role) => [role.key, role]));
  return new Map(
    world.source.roles.map(({ key }) => {
      const statements: Record<string, string[]> = {};
      for (const one of closureOf(world, key))
        for (const { permission } of byKey.get(one)?.grants ?? []) {
          const [resource, action] = split(permission);
          statements[resource] = [...new Set([...(statements[resource] ?? []), action])];
        }
      return [key, statements];
    }),
  );
}

const rolesOf = (world: World) =>
  new Map(world.subjects.map(({ id, assignments }) => [id, assignments.map(({ role }) => role)]));

const betterAuth: Contestant = {
  name: "better-auth access control",
  takes: permix.takes as NonNullable<Contestant["takes"]>,
  load(world) {
    const all: Record<string, readonly string[]> = {};
    for (const { key } of world.source.permissions) all[split(key)[0]] = actions;
    const control = createAccessControl(all);
    const roles = new Map(
      [...statementsOf(world)].map(([key, statements]) => [key, control.newRole(statements)]),
    );
    const users = new Map([...rolesOf(world)].map(([id, keys]) => [id, keys.map((key) => roles.get(key))]));
    return loopOf(
      ({ user, resource, action }) =>
        users.get(user)?.some((role) => role?.authorize({ [resource]: [action] }).success) === true,
    );
  },
};

const accesscontrol: Contestant = {
  name: "accesscontrol",
  takes: permix.takes as NonNullable<Contestant["takes"]>,
  load(world) {
    const grants: IGrants = {};
    for (const [role, statements] of statementsOf(world)) {
      const own: Record<string, Record<string, { possession: "any"; attributes: string[] }[]>> = {};
      for (const [resource, allowed] of Object.entries(statements))
        own[resource] = Object.fromEntries(
          allowed.map((action) => [action, [{ possession: "any", attributes: ["*"] }]]),
        );
      grants[role] = own;
    }
    const control = new AccessControl(grants);
    const users = rolesOf(world);
    const methods = {
      create: "createAny",
      read: "readAny",
      update: "updateAny",
      delete: "deleteAny",
    } as const;
    return loopOf(({ user, resource, action }) => {
      const query = control.can(users.get(user) as string[]);
      return query[methods[action as keyof typeof methods]](resource).granted;
    });
  },
};

const casbin: Contestant = {
  name: "casbin CachedEnforcer",
  takes: (world) => (world.title.includes("conditions") ? 0 : 8),
  async load(world) {
    const model = newModelFromString(`
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.obj == p.obj && r.act == p.act && g(r.sub, p.sub)`);
    const enforcer = await newCachedEnforcer(model);
    const policies = world.source.roles.flatMap(({ key, grants }) =>
      grants.map(({ permission }) => [key, ...split(permission)]),
    );
    const links = [
      ...world.source.roles.flatMap(({ key, inherits }) => inherits.map((base) => [key, base])),
      ...world.subjects.flatMap(({ id, assignments }) => assignments.map(({ role }) => [id, role])),
    ];
    await enforcer.addPolicies(policies);
    await enforcer.addGroupingPolicies(links);
    return {
      answer: ({ user, resource, action }) => enforcer.enforce(user, resource, action),
      async count(all) {
        let yes = 0;
        for (const { user, resource, action } of all)
          if (await enforcer.enforce(user, resource, action)) yes++;
        return yes;
      },
    };
  },
};

const cedar: Contestant = {
  name: "@cedar-policy/cedar-wasm",
  takes: (world) => (world.title.includes("conditions") ? 0 : 32),
  load(world) {
    const policies: Record<string, string> = {};
    for (const { key, grants } of world.source.roles)
      for (const action of actions) {
        const things = grants.map(({ permission }) => split(permission)).filter(([, one]) => one === action);
        const list = things.map(([resource]) => `Thing::"${resource}"`).join(", ");
        if (list)
          policies[`${key}.${action}`] =
            `permit(principal in Role::"${key}", action == Action::"${action}", resource) when { [${list}].contains(resource) };`;
      }
    const answer = preparsePolicySet(world.title, { staticPolicies: policies });
    if (answer.type !== "success") throw new Error(JSON.stringify(answer));
    const inherits = new Map(world.source.roles.map((role) => [role.key, role.inherits]));
    const uid = (type: string, id: string) => ({ type, id });
    const users = new Map(
      world.subjects.map(({ id, assignments }) => {
        const roles = new Set(assignments.flatMap(({ role }) => closureOf(world, role)));
        const entities = [...roles].map((role) => ({
          uid: uid("Role", role),
          attrs: {},
          parents: (inherits.get(role) ?? []).map((base) => uid("Role", base)),
        }));
        const own = assignments.map(({ role }) => uid("Role", role));
        return [id, [{ uid: uid("User", id), attrs: {}, parents: own }, ...entities]];
      }),
    );
    return loopOf(({ user, resource, action }) => {
      const said = statefulIsAuthorized({
        principal: uid("User", user),
        action: uid("Action", action),
        resource: uid("Thing", resource),
        context: {},
        preparsedPolicySetId: world.title,
        entities: users.get(user) ?? [],
      });
      return said.type === "success" && said.response.decision === "allow";
    });
  },
};

export const peers: readonly Contestant[] = [casl, permix, betterAuth, accesscontrol, casbin, cedar];
