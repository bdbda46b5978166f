import { database } from "#lib/kernel/database.ts";
import { addGroup, addValue, editGroup } from "#lib/managed-values/index.ts";
import { addMembers, addOrganization, addTeam, removeMembers } from "#lib/organizations/index.ts";
import { createRole, deleteRole, editRole, reassignAndDeleteRole } from "#lib/roles/index.ts";
import {
  endTemporaryAccess,
  giveTemporaryAccess,
  grantRequest,
  refuseRequest,
  requestAccess,
  withdrawRequest,
} from "#lib/temporary-access/index.ts";
import { editUserRoles, setRoleExpression, setUserRoles } from "#lib/users/index.ts";
import { day, hour, type Story } from "./story.ts";

const office = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00", timeZone: "Europe/Berlin" };
const nights = { days: [1, 2, 3, 4, 5, 6, 7], from: "22:00", to: "06:00", timeZone: "America/New_York" };

/** Custom roles: inherited, limited, within hours, with less of the API, with the names of JavaScript's own. */
export async function tellRoles(story: Story): Promise<void> {
  const { catalogue } = story;
  const permissions = catalogue.permissions.map(({ key }) => key);
  const [first = "", second = "", third = ""] = permissions;
  if (!catalogue.customRoles.enabled)
    return story.refused(createRole, "owner", { key: "custom", grants: [first] });
  const managed = catalogue.attributes.find(({ kind }) => kind === "managed")?.key;
  if (managed) await tellValues(story, managed);
  const where = managed
    ? [
        { attribute: managed, test: "in", values: ["firewall-1", "o'clock/été"] },
        { attribute: managed, test: "inGroup", values: ["europe"] },
      ]
    : [];
  const limits = [
    { scope: "organization", where },
    { scope: "personal", where: [] },
  ];
  await story.done(createRole, "owner", { key: "constructor", grants: [first, second] });
  await story.tried(createRole, "owner", { key: "__proto__", grants: [first] });
  await story.tried(createRole, "owner", { key: `r${"x".repeat(49)}`, grants: [third] });
  await story.done(createRole, "owner", { key: "nothing", description: "Gives nothing 🕳", grants: [] });
  await story.done(createRole, "owner", {
    key: "oncall",
    description: 'Nights & <i>weekends</i>; "quotes", it\'s all of them.',
    grants: [second],
    bases: [story.plainRole, "constructor"],
    window: nights,
    api: "read_only",
  });
  await story.done(createRole, "owner", {
    key: "limited",
    grants: [first],
    limit: [{ permission: first, limits }],
    api: { endpoints: ["GET /hosts", "POST /hosts/*"] },
  });
  await story.done(createRole, "owner", { key: "edited", grants: [first] });
  const edit = { role: "edited", version: 1, add: [second, third], remove: [first] };
  await story.done(editRole, "owner", { ...edit, addBases: ["limited"], window: office });
  await story.refused(editRole, "owner", edit);
  const builtIn = catalogue.roles.find((role) => !role.locked && !role.superuser);
  if (builtIn)
    await story.tried(editRole, "owner", { role: builtIn.key, version: 1, add: permissions.slice(-3) });
  await story.done(createRole, "owner", { key: "shortlived", grants: [first] });
  await story.done(deleteRole, "owner", { role: "shortlived", version: 1 });
  await story.done(createRole, "owner", { key: "replaced", grants: [first] });
  await story.add({ username: "moved", roles: ["replaced"] });
  await story.refused(deleteRole, "owner", { role: "replaced", version: 1 });
  const moving = { role: "replaced", version: 1, replacement: "constructor" };
  await story.done(reassignAndDeleteRole, "owner", moving);
  for (const key of ["constructor", "nothing", "oncall", "limited", "edited"])
    await story.add({ username: `has.custom.${key}`, roles: [key] });
}

async function tellValues(story: Story, attribute: string): Promise<void> {
  for (const [key, label] of [
    ["firewall-1", "Firewall 1"],
    ["o'clock/été", "L'été à 🕰"],
    ["unused", "Unused"],
  ])
    await story.done(addValue, "owner", { attribute, key, label, description: "" });
  const group = { attribute, key: "europe", label: "Europe", members: ["firewall-1"] };
  await story.done(addGroup, "owner", group);
  await story.done(editGroup, "owner", { ...group, version: 1, members: ["firewall-1", "o'clock/été"] });
  await story.done(addGroup, "owner", { attribute, key: "empty", label: "Empty", members: [] });
}

/** Organizations with teams, and who is in them. */
export async function tellOrganizations(story: Story): Promise<Places | undefined> {
  const made = await story.tried(addOrganization, "owner", {
    name: "Ärzte & Söhne <GmbH>",
    description: "👩‍⚕️",
  });
  if (!made) return undefined;
  const names = ["Bailiwick's own", "شركة", "n".repeat(100), "constructor"];
  for (const name of names) await story.done(addOrganization, "owner", { name });
  const { id: organization } = made;
  const { id: team } = await story.done(addTeam, "owner", { organization, name: "Team 🦊" });
  await story.done(addTeam, "owner", { organization, name: "Empty team" });
  const users = ["careful", "chatty", "newname", "inactive"].map((name) => story.account(name).id);
  await story.done(addMembers, "owner", { organization, users });
  await story.done(addMembers, "owner", { organization, team, users: users.slice(0, 2) });
  await story.done(removeMembers, "owner", { organization, users: users.slice(3) });
  await story.refused(addOrganization, "careful", { name: "Not mine to add" });
  return { organizationId: organization, teamId: team };
}

export interface Places {
  organizationId: string;
  teamId: string;
}

/** Assignments with begin, end, hours and place, temporary access of every age, and requests of every outcome. */
export async function tellAssignments(story: Story, places: Places | undefined, end: number): Promise<void> {
  const another = story.catalogue.roles.find(({ key, superuser }) => !superuser && key !== story.plainRole);
  const role = another?.key ?? story.plainRole;
  const from = (days: number) => new Date(end + days * day).toISOString();
  const timed = [
    { username: "has.hours", window: office },
    { username: "has.nights", window: nights },
    { username: "begins.later", startsAt: from(30) },
    { username: "ends.later", endsAt: from(60) },
    { username: "ended", endsAt: new Date(story.at().getTime() + hour).toISOString() },
    { username: "in.place", ...places },
  ];
  for (const { username, ...when } of timed) {
    const account = await story.add({ username });
    if (!account) continue;
    const assignments = story.single ? [{ role, ...when }] : [{ role: story.plainRole }, { role, ...when }];
    await story.tried(editUserRoles, "owner", { id: account.id, version: 1, assignments });
  }
  await story.tried(setUserRoles, "owner", { id: story.account("plus").id, roles: [role] });

  const give = { role, reason: "An incident's first hour: 🔥 <now>" };
  for (const [username, lasting] of [
    ["reset", { lasts: "1" }],
    ["strasse", { endsAt: from(45) }],
    ["capitals", { startsAt: from(20), endsAt: from(40) }],
    ["quote", { endsAt: from(50) }],
  ] as const) {
    const { id } = story.account(username);
    await story.tried(giveTemporaryAccess, "owner", { id, ...give, ...lasting });
  }
  const quote = { userId: story.account("quote").id, endsAt: { not: null } };
  const early = await database().assignment.findFirst({ where: quote });
  if (early) await story.tried(endTemporaryAccess, "owner", { id: quote.userId, assignment: early.id });

  const ask = { role, reason: "Needed for the audit", endsAt: from(30) };
  const asked = async (username: string, given: object) =>
    (await story.tried(requestAccess, username, given)) &&
    database().accessRequest.findFirst({
      where: { userId: story.account(username).id },
      orderBy: { id: "desc" },
    });
  const [granted, refused, withdrawn] = [
    await asked("careful", ask),
    await asked("chatty", ask),
    await asked("newname", ask),
  ];
  if (granted) await story.tried(grantRequest, "owner", { request: granted.id, note: "Until then." });
  if (refused) await story.tried(refuseRequest, "owner", { request: refused.id, note: "Ask Olivia's team." });
  if (withdrawn) await story.tried(withdrawRequest, "newname", { request: withdrawn.id });
  await asked("reset", { ...ask, endsAt: undefined, lasts: "1" });
  await asked("coded", { ...ask, reason: "Waits for an answer 🕰" });
  await story.refused(grantRequest, "careful", { request: refused?.id ?? story.account("owner").id });
}

/** Roles as an expression, with rights of its own and an entry that the catalogue does not know. */
export async function tellExpressions(story: Story): Promise<void> {
  const [right = ""] = story.catalogue.permissions
    .map(({ key }) => key)
    .filter((key) => key.endsWith("_write"));
  for (const [username, expression] of [
    ["expressed", `${story.plainRole}, ${right}`],
    ["unknown.entry", `${story.plainRole}, no_such_right`],
    ["only.rights", `${right}, node_read`],
    ["none", "no_rights"],
  ] as const) {
    const account = await story.add({ username });
    if (account) await story.tried(setRoleExpression, "owner", { id: account.id, expression });
  }
}
