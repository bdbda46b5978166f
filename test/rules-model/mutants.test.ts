import { afterEach, expect, test, vi } from "vitest";
import { depth, depths } from "#test/depth.ts";
import { breakable, broken, mutations, titleOf } from "./mutations.ts";
import { attempt } from "./run.ts";

vi.mock("#lib/assignments/refusals.ts", async (real) => breakable("assignments/refusals", await real()));
vi.mock("#lib/assignments/administrators.ts", async (real) =>
  breakable("assignments/administrators", await real()),
);
vi.mock("#lib/assignments/ruled-roles.ts", async (real) =>
  breakable("assignments/ruled-roles", await real()),
);
vi.mock("#lib/roles/role-refusals.ts", async (real) => breakable("roles/role-refusals", await real()));
vi.mock("#lib/roles/edited-role.ts", async (real) => breakable("roles/edited-role", await real()));
vi.mock("#lib/policy/load-policy.ts", async (real) => breakable("policy/load-policy", await real()));
vi.mock("#lib/settings/registration.ts", async (real) => breakable("settings/registration", await real()));
vi.mock("#lib/sessions/rules.ts", async (real) => breakable("sessions/rules", await real()));
vi.mock("#lib/sessions/end-sessions.ts", async (real) => breakable("sessions/end-sessions", await real()));
vi.mock("#lib/sessions/session-end.ts", async (real) => breakable("sessions/session-end", await real()));
vi.mock("#lib/second-factor/trusted-devices.ts", async (real) =>
  breakable("second-factor/trusted-devices", await real()),
);
vi.mock("#lib/second-factor/remove-factors.ts", async (real) =>
  breakable("second-factor/remove-factors", await real()),
);
vi.mock("#lib/passwords/former-passwords.ts", async (real) =>
  breakable("passwords/former-passwords", await real()),
);
vi.mock("#lib/passwords/reset-links.ts", async (real) => breakable("passwords/reset-links", await real()));
vi.mock("#lib/kernel/actor.ts", async (real) => breakable("kernel/actor", await real()));
vi.mock("#lib/kernel/audit.ts", async (real) => breakable("kernel/audit", await real()));
vi.mock("#lib/access/ranks.ts", async (real) => breakable("access/ranks", await real()));
vi.mock("#lib/access/beyond.ts", async (real) => breakable("access/beyond", await real()));
vi.mock("#lib/access/check.ts", async (real) => breakable("access/check", await real()));
vi.mock("#lib/access/activity.ts", async (real) => breakable("access/activity", await real()));
vi.mock("#lib/access/always-gives.ts", async (real) => breakable("access/always-gives", await real()));
vi.mock("#lib/temporary-access/rules.ts", async (real) => breakable("temporary-access/rules", await real()));
vi.mock("#lib/assignments/validity.ts", async (real) => breakable("assignments/validity", await real()));
vi.mock("#lib/assignments/confirmation.ts", async (real) =>
  breakable("assignments/confirmation", await real()),
);
vi.mock("#lib/roles/change-refusals.ts", async (real) => breakable("roles/change-refusals", await real()));
vi.mock("#lib/roles/limits-known.ts", async (real) => breakable("roles/limits-known", await real()));
vi.mock("#lib/roles/expression-role.ts", async (real) => breakable("roles/expression-role", await real()));
vi.mock("#lib/roles/unheld-expression-roles.ts", async (real) =>
  breakable("roles/unheld-expression-roles", await real()),
);
vi.mock("#lib/roles/apply-change.ts", async (real) => breakable("roles/apply-change", await real()));
vi.mock("#lib/access/cycles.ts", async (real) => breakable("access/cycles", await real()));
vi.mock("#lib/access/widened.ts", async (real) => breakable("access/widened", await real()));
vi.mock("#lib/access/covers.ts", async (real) => breakable("access/covers", await real()));
vi.mock("#lib/access/window-covers.ts", async (real) => breakable("access/window-covers", await real()));
vi.mock("#lib/access/danger.ts", async (real) => breakable("access/danger", await real()));

afterEach(() => {
  broken.name = "";
});

/** The first ones are missed at once; after these `npm run soak -- mutants` takes out all the others. */
const first = [
  "writeAudit",
  "endSessionsOf",
  "keepingAdministrators",
  "giving: escalation",
  "userRankRefusal",
];
const place = (mutation: (typeof mutations)[number]) => {
  const found = first.findIndex((name) => titleOf(mutation).endsWith(name));
  return found < 0 ? first.length : found;
};
const asked = mutations.toSorted((one, other) => place(one) - place(other)).slice(0, depth("rulesMutants"));
/** As far as CI walks: some rules are met by chance only late in a story. */
const steps = Array.from({ length: depths.walkSteps.full }, (_, number) => number);

/** How far the story of a catalogue is known to end well while nothing is broken. */
const sound = new Map<string, number>();

/** The same steps with nothing broken: what a mutation is noticed by must be the mutation. */
async function baseline(catalogue: string, length: number): Promise<string | undefined> {
  if (length <= (sound.get(catalogue) ?? 0)) return undefined;
  const { difference } = await attempt(catalogue, 1, steps.slice(0, length));
  if (difference === undefined) sound.set(catalogue, length);
  return difference;
}

test.each(asked.map((mutation) => ({ title: titleOf(mutation), mutation })))(
  "the comparison with the model notices without $title, and only then",
  { timeout: 900_000 },
  async ({ title, mutation: [, , , catalogue = "patchmon"] }) => {
    broken.name = title;
    const { difference, walked } = await attempt(catalogue, 1, steps);
    broken.name = "";
    console.info(`${title}: step ${walked}: ${lastLines(difference)}`);
    expect(difference).toBeDefined();
    expect(await baseline(catalogue, walked)).toBeUndefined();
  },
);

const lastLines = (difference = "not noticed"): string =>
  difference
    .split("\n")
    .slice(-4)
    .map((line) => line.slice(0, 300))
    .join("\n");
