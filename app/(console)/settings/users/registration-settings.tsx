import { can } from "#lib/kernel/actor.ts";
import type { RoleChoice } from "#lib/roles/index.ts";
import { getRegistration } from "#lib/settings/index.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { RegistrationForm } from "./registration-form.tsx";

/** The panel is there for whoever may see settings; whoever may not change them sees them fixed. */
export async function RegistrationSettings({ roles }: { roles: readonly RoleChoice[] }) {
  const { actor, at } = await currentCall("page");
  if (!can(actor, "viewSettings", at.getTime())) return null;
  const registration = await read(getRegistration, {});
  const mayChange = can(actor, "manageSettings", at.getTime());
  return (
    <RegistrationForm
      enabled={registration.enabled}
      role={registration.role}
      choices={roles.map(({ key, label, why, danger }) => ({
        value: key,
        label,
        dangerous: danger !== undefined,
        disabledReason: key === registration.role ? undefined : why,
      }))}
      dangers={roles}
      why={mayChange ? undefined : "You may look at settings but not change them."}
    />
  );
}
