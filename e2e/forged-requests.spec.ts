import { database } from "#lib/kernel/database.ts";
import { customRole, password, person } from "#test/people.ts";
import { stored } from "#test/stored.ts";
import { storeProvider } from "#test/sync.ts";
import { expect, test } from "./fixtures.ts";
import { type CapturedForm, sendForm, serverActions } from "./forge.ts";
import { cookieOf } from "./session.ts";

/** Actions that anybody may call; each has a journey of its own that forges it. */
const open = [
  "askPasskeyForm",
  "askOwnPasskeyForm",
  "askResetLinkForm",
  "askSignUpForm",
  "confirmAddressForm",
  "confirmIdentityForm",
  "passkeyForm",
  "redeemResetLinkForm",
  "secondFactorForm",
  "setUpForm",
  "signInAtProviderForm",
  "signInForm",
  "signOutForm",
  "signUpForm",
];

/** Actions on one's own account, with a page that has each: they need no right, but a session. */
const own: Record<string, string> = {
  addPasskeyForm: "/account/second-factor",
  askToConfirmForm: "/account/confirm",
  cancelNewAddressForm: "/account/profile",
  changeOwnPasswordForm: "/account/password",
  confirmAtProviderForm: "/account/confirm",
  confirmTotpForm: "/account/second-factor",
  connectProviderForm: "/account/connections",
  disconnectIdentityForm: "/account/connections",
  editOwnProfileForm: "/account/profile",
  endOwnOtherSessionsForm: "/account/sessions",
  endOwnSessionForm: "/account/sessions",
  forgetAllDevicesForm: "/account/second-factor",
  forgetDeviceForm: "/account/second-factor",
  removePasskeyForm: "/account/second-factor",
  removeTotpForm: "/account/second-factor",
  renewCodesForm: "/account/second-factor",
  requestAccessForm: "/account/access",
  startPasskeyForm: "/account/second-factor",
  startTotpForm: "/account/second-factor",
  waysToConfirmForm: "/account/confirm",
  withdrawRequestForm: "/account/access",
};

/** They need their catalogue's attributes to do anything, so what the owner does with them has journeys of its own. */
const list = "/settings/attributes/data_source";
const groups = `${list}/groups`;

const provider = "/settings/sso/company";
const company = { slug: "company", version: "1" };

/** Every other one, with a page that has it and fields that would do what it says. */
const guarded: Record<string, { path: string; fields: Record<string, string> }> = {
  createUserForm: {
    path: "/settings/users",
    fields: { username: "forged", email: "forged@example.com", password, roles: "user" },
  },
  updateUserForm: {
    path: "/settings/users",
    fields: {
      email: "taken.over@example.com",
      givenName: "Forged",
      familyName: "",
      roles: "user",
      version: "1",
    },
  },
  saveRegistrationForm: { path: "/settings/users", fields: { enabled: "on", role: "readonly" } },
  createRoleForm: { path: "/settings/roles", fields: { key: "forged", grants: "can_view_hosts" } },
  editRoleForm: {
    path: "/settings/roles",
    fields: { role: "readonly", version: "1", add: "can_export_data" },
  },
  deleteRoleForm: { path: "/settings/roles", fields: { role: "spare", version: "1" } },
  reassignAndDeleteRoleForm: {
    path: "/settings/roles",
    fields: { role: "held", version: "1", replacement: "readonly" },
  },
  saveSecurityForm: { path: "/settings/security", fields: { passwordMinimum: "20" } },
  addOrganizationForm: { path: "/settings/organizations", fields: { name: "Forged" } },
  editOrganizationForm: { path: "/settings/organizations", fields: { version: "1", name: "Forged" } },
  deleteOrganizationForm: { path: "/settings/organizations", fields: {} },
  addTeamForm: { path: "/settings/organizations", fields: { name: "Forged" } },
  editTeamForm: { path: "/settings/organizations", fields: { version: "1", name: "Forged" } },
  deleteTeamForm: { path: "/settings/organizations", fields: {} },
  addMembersForm: { path: "/settings/organizations", fields: {} },
  removeMembersForm: { path: "/settings/organizations", fields: {} },
  addValueForm: { path: list, fields: { attribute: "data_source", key: "forged", label: "Forged" } },
  editValueForm: { path: list, fields: { attribute: "data_source", key: "fw", label: "Forged" } },
  deleteValueForm: { path: list, fields: { attribute: "data_source", key: "fw" } },
  addGroupForm: { path: groups, fields: { attribute: "data_source", key: "forged", label: "Forged" } },
  editGroupForm: {
    path: groups,
    fields: { attribute: "data_source", key: "edge", label: "Forged", version: "1", members: "fw" },
  },
  deleteGroupForm: { path: groups, fields: { attribute: "data_source", key: "edge" } },
  resetFactorsForm: { path: "/settings/users", fields: {} },
  makeResetLinkForm: { path: "/settings/users", fields: {} },
  resetPasswordForm: { path: "/settings/users", fields: { password } },
  endUserSessionForm: { path: "/settings/sessions", fields: {} },
  endUserSessionsForm: { path: "/settings/sessions", fields: {} },
  endAllSessionsForm: { path: "/settings/sessions", fields: {} },
  deleteUserForm: { path: "/settings/users", fields: {} },
  editUserRolesForm: {
    path: "/settings/users",
    fields: {
      version: "1",
      "assignments.0.role": "readonly",
      "assignments.0.endsAt": "2099-01-01T00:00:00Z",
    },
  },
  applyPresetForm: { path: "/settings/users", fields: { preset: "owner" } },
  giveTemporaryAccessForm: {
    path: "/settings/users",
    fields: { role: "readonly", reason: "none of your business", lasts: "1" },
  },
  endTemporaryAccessForm: { path: "/settings/users", fields: { assignment: crypto.randomUUID() } },
  grantRequestForm: { path: "/settings/access-requests", fields: { request: crypto.randomUUID() } },
  refuseRequestForm: { path: "/settings/access-requests", fields: { request: crypto.randomUUID() } },
  matchingUsersForm: { path: "/settings/users", fields: { q: "victim" } },
  setRoleExpressionForm: { path: "/settings/users", fields: { expression: "readonly" } },
  createTokenForm: {
    path: "/settings/sso/provisioning",
    fields: { name: "forged", scopes: "users", days: "365", provider: "" },
  },
  revokeTokenForm: { path: "/settings/sso/provisioning", fields: { id: crypto.randomUUID() } },
  explainExpressionForm: { path: "/settings/users", fields: { expression: "readonly" } },
  addProviderForm: { path: "/settings/sso/new", fields: { kind: "saml", label: "Forged" } },
  moveProviderForm: { path: "/settings/sso", fields: { slug: "company", direction: "up" } },
  saveSignOnForm: { path: "/settings/sso", fields: {} },
  saveProviderForm: {
    path: provider,
    fields: { ...company, label: "Forged", issuer: "https://evil.example" },
  },
  switchProviderForm: { path: provider, fields: { ...company, on: "true" } },
  deleteProviderForm: { path: provider, fields: company },
  startTestForm: { path: `${provider}/test`, fields: company },
  rulesForm: {
    path: `${provider}/rules`,
    fields: { ...company, "rules.0.claim": "groups", "rules.0.value": "mine", "rules.0.role": "superadmin" },
  },
  switchSyncForm: { path: `${provider}/sync`, fields: { ...company, on: "true" } },
};

/** Acts on several people at once: they answer a row each, and never lead elsewhere. */
const several: Record<string, string> = {
  deactivateUsersForm: "/settings/users",
  reactivateUsersForm: "/settings/users",
  setRolesOfUsersForm: "/settings/users",
  endSessionsOfUsersForm: "/settings/users",
  deleteUsersForm: "/settings/users",
};

const everyGuarded = [...Object.keys(guarded), ...Object.keys(own)];

/** What the owner's own request does at once; the others need somebody with factors or sessions, and have journeys. */
const doneAtOnce = Object.keys(guarded).slice(0, 8);

/** Each guarded action as a form, aimed at rows that are there. */
async function forms(
  address: string,
  wanted: readonly string[] = Object.keys(guarded),
): Promise<(CapturedForm & { name: string })[]> {
  const { id } = await database().user.findUniqueOrThrow({ where: { usernameKey: "victim" } });
  const actions = await serverActions();
  return wanted.map((name) => {
    const { path, fields } = guarded[name] ?? { path: own[name] ?? several[name] ?? "/", fields: {} };
    return {
      name,
      url: address + path,
      action: actions.get(name) ?? "",
      fields: Object.entries({
        ...fields,
        ...(path === "/settings/users" && name !== "createUserForm" && { id, ids: id }),
        ...(name === "setRolesOfUsersForm" && { roles: "readonly" }),
      }),
    };
  });
}

test.beforeEach(async ({ installation, owner }) => {
  expect(owner.username).toBe("olivia");
  await installation.once("what can be attacked", async () => {
    await person({ roles: ["user"], username: "victim" });
    await customRole("spare", []);
    await person({ roles: [await customRole("held", [])] });
    await storeProvider({ enabled: false, syncRoles: false });
  });
});

test("every server action of the build is among those that are forged here", async () => {
  expect([...(await serverActions()).keys()].sort()).toEqual(
    [...open, ...everyGuarded, ...Object.keys(several)].sort(),
  );
});

for (const way of ["script", "form"] as const) {
  const how = way === "script" ? "as scripts call it" : "as a form without scripts";
  test(`without the right every action is refused and changes nothing, sent ${how}`, async ({
    installation,
  }) => {
    const low = await cookieOf(await person({ roles: ["user"] }));
    const before = await stored();
    for (const form of await forms(installation.address)) {
      const answer = await sendForm(form, { way, cookie: low });
      if (way === "script") expect(answer.text, form.name).toContain("missing_capability");
      else expect(answer.status, form.name).toBe(403);
      expect(answer.text, form.name).not.toContain("victim@example.com");
    }
    expect(await stored()).toEqual(before);
  });

  test(`without a session every action leads to sign-in and changes nothing, sent ${how}`, async ({
    installation,
  }) => {
    const before = await stored();
    for (const form of await forms(installation.address, everyGuarded)) {
      const { headers } = await sendForm(form, { way });
      const target = headers.get(way === "script" ? "x-action-redirect" : "location");
      expect(target, form.name).toContain("/sign-in?next=");
    }
    expect(await stored()).toEqual(before);
  });

  test(`even the owner's session does nothing for another site, sent ${how}`, async ({
    installation,
    owner,
  }) => {
    const cookie = await cookieOf(owner);
    const before = await stored();
    const { host } = new URL(installation.address);
    const foreign = ["https://evil.example", `https://${host}`, `http://${host}.evil.example`, "null", null];
    for (const form of await forms(installation.address, [...everyGuarded, ...Object.keys(several)])) {
      for (const origin of foreign) {
        const answer = await sendForm(form, { way, cookie, origin });
        expect(answer.status, `${form.name} from ${origin}`).toBe(403);
      }
    }
    expect(await stored()).toEqual(before);
  });
}

test("the same requests of the owner from the console itself do what they say", async ({
  installation,
  owner,
}) => {
  const cookie = await cookieOf(owner);
  for (const form of await forms(installation.address, doneAtOnce)) {
    const before = await stored();
    const answer = await sendForm(form, { cookie });
    expect(answer.status, form.name).toBe(200);
    expect(await stored(), form.name).not.toEqual(before);
  }
});

test.describe("acts on several people at once", () => {
  const aimed = (address: string) => forms(address, Object.keys(several));

  for (const way of ["script", "form"] as const) {
    test(`do nothing without the right, and nothing without a session, sent as ${way}`, async ({
      installation,
    }) => {
      const low = await cookieOf(await person({ roles: ["user"] }));
      const before = await stored();
      for (const form of await aimed(installation.address)) {
        const refused = await sendForm(form, { way, cookie: low });
        const nobody = await sendForm(form, { way });
        if (way === "script") {
          expect(refused.text, form.name).toContain('"reason":"missing_capability"');
          expect(nobody.text, form.name).toContain('"reason":"sign_in_required"');
        } else {
          expect(refused.status, form.name).toBe(403);
          expect(nobody.headers.get("location"), form.name).toContain("/sign-in?next=");
        }
        expect(refused.text + nobody.text, form.name).not.toContain("victim");
      }
      expect(await stored()).toEqual(before);
    });
  }

  test("do nothing for a selection that no page would send", async ({ installation, owner }) => {
    const cookie = await cookieOf(owner);
    const { id } = await database().user.findUniqueOrThrow({ where: { usernameKey: "victim" } });
    const before = await stored();
    const many = Array.from({ length: 26 }, () => crypto.randomUUID());
    for (const form of await aimed(installation.address)) {
      for (const ids of [[], [id, id], [id, "1 OR 1=1"], [id, "\0"], many]) {
        const { text } = await sendForm(form, { cookie, fields: { ids } });
        expect(text, `${form.name} ${ids}`).toContain('"reason":"invalid_input"');
      }
    }
    expect(await stored()).toEqual(before);
  });

  test("do what they say when the owner sends them from the console", async ({ installation, owner }) => {
    const cookie = await cookieOf(owner);
    for (const form of await aimed(installation.address)) {
      const target = await person({ roles: ["user"], active: form.name !== "reactivateUsersForm" });
      await cookieOf(target);
      const before = await stored();
      const { text } = await sendForm(form, { cookie, fields: { ids: target.id } });
      expect(text, form.name).toContain(`"name":"${target.username}"`);
      expect(text, form.name).not.toContain('"why"');
      expect(await stored(), form.name).not.toEqual(before);
    }
  });
});
