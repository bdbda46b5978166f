import type { Catalogue, Risk } from "#lib/access/index.ts";
import type { Reader } from "#lib/kernel/database.ts";

export interface CatalogueGroup {
  key: string;
  label: string;
  risk: Risk;
  permissions: {
    key: string;
    label: string;
    description: string;
    dangerous: boolean;
    withoutEffect?: string;
  }[];
}

/** Every permission, grouped and in the order of the matrix. */
export async function loadGroups(reader: Reader, { features }: Catalogue): Promise<CatalogueGroup[]> {
  const groups = await reader.permissionGroup.findMany({
    where: { permissions: { some: {} } },
    select: {
      key: true,
      label: true,
      risk: true,
      permissions: {
        select: { key: true, label: true, description: true, dangerous: true, feature: true, retired: true },
        orderBy: { position: "asc" },
      },
    },
    orderBy: { position: "asc" },
  });
  return groups.map(({ risk, permissions, ...group }) => ({
    ...group,
    risk: risk as Risk,
    permissions: permissions.map(({ feature, retired, ...permission }) => {
      const off = features.find(({ key, enabled }) => key === feature && !enabled);
      if (retired)
        return { ...permission, withoutEffect: "Retired: the catalogue does not have it any more" };
      return off ? { ...permission, withoutEffect: `No effect while ${off.label} is off` } : permission;
    }),
  }));
}
