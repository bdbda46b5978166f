import { variant } from "../../test/catalogue.ts";

const groupsOf = 25;

/** UTMStack's catalogue with so many permissions and built-in roles; each role inherits the one before it, ten in a row. */
export async function largeCatalogue(roles: number, permissions: number): Promise<string> {
  return variant("utmstack", (catalogue) => {
    const own = catalogue.permissions.length;
    for (let index = own; index < permissions; index += 1) {
      const group = `group_${Math.floor(index / groupsOf)}`;
      if (!catalogue.groups.some(({ key }) => key === group))
        catalogue.groups.push({
          key: group,
          label: `Group ${group.slice(6)}`,
          description: "",
          risk: "medium",
        });
      catalogue.permissions.push({
        key: `permission_${index}`,
        label: `Permission ${index}`,
        description: "One of many.",
        group,
        implies: index % 7 === 0 && index > own ? [`permission_${index - 1}`] : [],
        dangerous: false,
      });
    }
    for (let index = catalogue.roles.length; index < roles; index += 1) {
      const base = `role_${index - 1}`;
      catalogue.roles.push({
        key: `role_${index}`,
        label: `Role ${index}`,
        description: "",
        rank: 0,
        superuser: false,
        except: [],
        blocking: false,
        locked: false,
        guarded: false,
        dangerous: false,
        inherits: index % 10 !== 0 && catalogue.roles.some(({ key }) => key === base) ? [base] : [],
        grants: Array.from({ length: 60 }, (_, nth) => ({
          permission: `permission_${own + ((index * 13 + nth * 7) % (permissions - own))}`,
          limits: nth % 5 === 0 ? [{ scope: "team" as const, where: [] }] : [],
        })).filter(
          ({ permission }, nth, all) => all.findIndex((one) => one.permission === permission) === nth,
        ),
        api: "full",
      });
    }
  });
}
