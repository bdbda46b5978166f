import {
  type ApiAccess,
  type Catalogue,
  compile,
  type Limit,
  type PolicySource,
  type Window,
} from "#lib/access/index.ts";
import type { ActivePolicy } from "#lib/kernel/active-policy.ts";
import { database, needAccess, type Reader, type Tx, transaction } from "#lib/kernel/database.ts";
import { registry } from "#lib/kernel/registry.ts";

const slot = "policy";

const kept = () => registry().slots.get(slot) as ActivePolicy | undefined;

/**
 * The policy of `version`, compiled once per process and version.
 * The version comes with the actor's own row at every request, so a change holds on the very next one, on every instance.
 */
export async function policyOfVersion(version: number): Promise<ActivePolicy> {
  const present = kept();
  if (present?.version === version) return present;
  const loaded = await transaction(loadPolicy, { isolationLevel: "RepeatableRead" });
  if (loaded.version > (kept()?.version ?? 0)) registry().slots.set(slot, loaded);
  return loaded;
}

/** What transactions have asked for once; the key is a transaction's client, which goes when it ends. */
const asked = new WeakMap<Reader | Tx, ActivePolicy>();

/**
 * The present policy as the caller's transaction sees it, asked for once in each. Kept for no other: the transaction may
 * yet roll back.
 */
export async function currentPolicy(reader: Reader | Tx): Promise<ActivePolicy> {
  const known = asked.get(reader);
  if (known) return known;
  const row = await reader.policy.findUniqueOrThrow({ where: { id: 1 }, select: { version: true } });
  const present = kept();
  const found = present?.version === row.version ? present : await loadPolicy(reader);
  if (reader !== database()) asked.set(reader, found);
  return found;
}

/** The same where the transaction has just read which version that is, and before it changes anything: no statement. */
export async function presentPolicy(tx: Tx, version: number): Promise<ActivePolicy> {
  const found = await policyOfVersion(version);
  asked.set(tx, found);
  return found;
}

/** After a transaction changed the policy, or undid a part of itself that did: it is asked for anew. */
export const forgetPolicy = (tx: Tx): boolean => asked.delete(tx);

/** Reads and compiles what the caller's transaction sees, its own uncommitted changes included. */
async function loadPolicy(reader: Reader | Tx): Promise<ActivePolicy> {
  const row = await reader.policy.findUniqueOrThrow({
    where: { id: 1 },
    select: { version: true, document: true },
  });
  const catalogue = row.document as unknown as Catalogue;
  const source = await policySource(reader, catalogue);
  const roleLabels = new Map(source.roles.map(({ key, label }) => [key, label]));
  return { version: row.version, catalogue, policy: compile(source), roleLabels };
}

interface LabelledSource extends PolicySource {
  roles: readonly (PolicySource["roles"][number] & { label: string })[];
}

/** What a policy is compiled from: for questions about roles that are not there yet. */
export async function policySource(
  reader: Reader | Tx,
  catalogue: Pick<Catalogue, "attributes">,
): Promise<LabelledSource> {
  const permissions = await reader.permission.findMany({
    select: { key: true, implies: true },
    orderBy: { position: "asc" },
  });
  const roles = await reader.role.findMany({
    select: {
      key: true,
      label: true,
      rank: true,
      superuser: true,
      except: true,
      blocking: true,
      window: true,
      api: true,
      bases: { select: { base: { select: { key: true } } } },
      grants: { select: { permissionKey: true, limits: true } },
    },
  });
  const groups = await reader.valueGroup.findMany({
    select: { attribute: true, key: true, members: { select: { valueKey: true } } },
  });
  return {
    permissions,
    attributes: catalogue.attributes,
    groups: groups.map(({ attribute, key, members }) => ({
      attribute,
      key,
      members: members.map(({ valueKey }) => valueKey),
    })),
    roles: roles.map(({ bases, grants, window, api, ...role }) => ({
      ...role,
      inherits: bases.map(({ base }) => base.key),
      grants: grants.map((grant) => ({
        permission: grant.permissionKey,
        limits: grant.limits as unknown as Limit[],
      })),
      window: (window as Window | null) ?? undefined,
      api: api as unknown as ApiAccess,
    })),
  };
}

/**
 * Call in every transaction that changes roles or grants: holders feel it at their next request.
 * A retired permission goes once no role holds it.
 */
export async function policyChanged(tx: Tx): Promise<void> {
  needAccess(tx);
  await tx.permission.deleteMany({ where: { retired: true, grants: { none: {} } } });
  await tx.policy.update({ where: { id: 1 }, data: { version: { increment: 1 } }, select: { id: true } });
  forgetPolicy(tx);
}
