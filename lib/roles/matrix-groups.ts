import { dangerousPermissions } from "#lib/access/index.ts";
import type { Reader } from "#lib/kernel/database.ts";
import type { Context } from "#lib/kernel/operation.ts";
import type { MatrixGroup } from "./matrix-data.ts";
import { grantingRefusal } from "./role-refusals.ts";

/** Every permission in its group, with the reason beside those that the actor may not give. */
export async function loadGroups(reader: Reader, { actor, at }: Context): Promise<MatrixGroup[]> {
  const found = await reader.permissionGroup.findMany({
    select: {
      key: true,
      label: true,
      description: true,
      risk: true,
      permissions: {
        select: {
          key: true,
          label: true,
          description: true,
          implies: true,
          feature: true,
          retired: true,
        },
        orderBy: { position: "asc" },
      },
    },
    orderBy: { position: "asc" },
  });
  const dangerous = actor.kind === "user" ? dangerousPermissions(actor.access.catalogue) : [];
  const features = actor.kind === "user" ? actor.access.catalogue.features : [];
  return found
    .filter((group) => group.permissions.length > 0)
    .map(({ permissions, risk, ...group }) => ({
      ...group,
      risk: risk as MatrixGroup["risk"],
      permissions: permissions.map(({ feature, retired, ...permission }) => {
        const refusal = grantingRefusal(actor, [permission.key], at);
        const off = features.find(({ key, enabled }) => key === feature && !enabled);
        const withoutEffect = retired
          ? "Retired: the catalogue does not have it any more"
          : off && `No effect while ${off.label} is off`;
        return {
          ...permission,
          dangerous: dangerous.includes(permission.key),
          ...(withoutEffect && { withoutEffect }),
          grantable: !retired && !refusal,
          ...(refusal && { grantWhy: refusal.message }),
        };
      }),
    }));
}
