import { beforeAll, expect, test } from "vitest";
import type { Call } from "#lib/kernel/call.ts";
import { database } from "#lib/kernel/database.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { openInstallation } from "#test/installation.ts";
import { callAs, person } from "#test/people.ts";
import { SamlIdentityProvider } from "#test/saml-provider.ts";
import { newCurveSigner } from "#test/self-signed-certificate.ts";
import { refused } from "#test/trail.ts";
import { addProvider } from "./add-provider.ts";
import { saveProvider } from "./save-provider.ts";

const idp = new SamlIdentityProvider();
let owner: Call;
beforeAll(() => openInstallation());
beforeAll(async () => {
  owner = await callAs(await person({ roles: ["superadmin"] }));
  await runCommand(addProvider, owner, { kind: "saml", label: "Company", slug: "company" });
});

const input = (more: object) => ({
  slug: "company",
  label: "Company",
  autoCreateUsers: false,
  trustUnverifiedEmail: false,
  linkAdministrators: false,
  ...more,
});
const row = () => database().identityProvider.findUniqueOrThrow({ where: { slug: "company" } });

test("metadata that are pasted fill in entity ID, address and certificates; what cannot be read is refused", async () => {
  const { version } = await row();
  const metadata = idp.metadata().replace("IDPSSODescriptor", "SPSSODescriptor");
  const wrong = {
    code: "invalid",
    reason: "metadata_unusable",
    fields: { metadata: [expect.any(String)] },
  } as const;
  await refused(saveProvider, owner, input({ version, metadata }), wrong);
  await runCommand(saveProvider, owner, input({ version, metadata: idp.metadata(), entityId: "" }));
  const { settings } = await row();
  expect(settings).toMatchObject({ entityId: idp.entityId, ssoUrl: idp.ssoUrl });
  expect((settings as { certificates: string[] }).certificates).toHaveLength(1);
});

test("a certificate that could prove nothing is refused beside its field", async () => {
  const { version } = await row();
  for (const certificates of ["no certificate", newCurveSigner().certificate])
    await refused(saveProvider, owner, input({ version, certificates }), {
      code: "invalid",
      reason: "invalid_input",
      fields: { certificates: [expect.stringMatching(/certificate|RSA/)] },
    });
});
