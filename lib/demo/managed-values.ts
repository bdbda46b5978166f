import type { Catalogue } from "#lib/access/index.ts";
import type { Tx } from "#lib/kernel/database.ts";

interface Group {
  key: string;
  label: string;
  description: string;
  /** Keys and labels. */
  values: readonly (readonly [key: string, label: string])[];
}

/** For attributes that go by these keys; an owner's catalogue may have others, which stay empty. */
const lists: Record<string, readonly Group[]> = {
  data_source: [
    {
      key: "eu-firewalls",
      label: "EU firewalls",
      description: "At the edge of every European site.",
      values: [
        ["fw-rotterdam-1", "Rotterdam firewall 1"],
        ["fw-rotterdam-2", "Rotterdam firewall 2"],
        ["fw-oslo-1", "Oslo firewall"],
        ["fw-gdansk-1", "Gdańsk firewall"],
      ],
    },
    {
      key: "cloud",
      label: "Cloud accounts",
      description: "Audit logs of cloud providers.",
      values: [
        ["aws-production", "AWS production"],
        ["aws-staging", "AWS staging"],
        ["m365", "Microsoft 365"],
      ],
    },
    {
      key: "endpoints",
      label: "Endpoints",
      description: "",
      values: [
        ["windows-agents", "Windows agents"],
        ["linux-agents", "Linux agents"],
      ],
    },
  ],
  asset_group: [
    {
      key: "crown-jewels",
      label: "Crown jewels",
      description: "What must never be down.",
      values: [
        ["erp", "ERP servers"],
        ["scada", "Grid control"],
      ],
    },
    {
      key: "offices",
      label: "Offices",
      description: "",
      values: [
        ["workstations", "Workstations"],
        ["printers", "Printers"],
      ],
    },
  ],
};

/** The key of a group that the list of this attribute has. */
export const firstGroup = (attribute: string): string | undefined => lists[attribute]?.[0]?.key;

/** Values and groups for the lists that the catalogue has. */
export async function insertManagedValues(tx: Tx, { attributes }: Catalogue, createdAt: Date): Promise<void> {
  for (const { key: attribute, kind } of attributes) {
    const groups = kind === "managed" ? (lists[attribute] ?? []) : [];
    const values = groups.flatMap((group) => group.values);
    await tx.managedValue.createMany({
      data: values.map(([key, label]) => ({ attribute, key, label, createdAt })),
    });
    const times = { createdAt, updatedAt: createdAt };
    await tx.valueGroup.createMany({
      data: groups.map(({ key, label, description }) => ({ attribute, key, label, description, ...times })),
    });
    await tx.valueGroupMember.createMany({
      data: groups.flatMap((group) =>
        group.values.map(([valueKey]) => ({ attribute, groupKey: group.key, valueKey })),
      ),
    });
  }
}
