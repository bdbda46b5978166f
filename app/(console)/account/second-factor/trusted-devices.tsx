import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { forgetAllDevicesForm, forgetDeviceForm } from "./actions.ts";
import { agentWords } from "./agent-words.ts";
import { FactorSection } from "./factor-section.tsx";

interface Device {
  id: string;
  agent: string | null;
  address: string | null;
  trustedAt: Date | null;
  lastUsedAt: Date;
  here: boolean;
}

export function TrustedDevices({ devices, days }: { devices: readonly Device[]; days: number }) {
  return (
    <FactorSection
      id="devices"
      title="Trusted devices"
      description={
        devices.length > 0
          ? `Browsers on which your password is enough, for ${days === 1 ? "a day" : `${days} days`} each.`
          : "None. Tick “Remember this device” when you sign in, and the second factor is not asked there for a while."
      }
      actions={
        devices.length > 1 && (
          <Form action={forgetAllDevicesForm} aria-label="All trusted devices">
            <SubmitButton variant="secondary">Revoke all</SubmitButton>
          </Form>
        )
      }
    >
      {devices.length > 0 && (
        <ul aria-label="Your trusted devices" className="divide-y divide-line border-y border-line">
          {devices.map((device) => (
            <li key={device.id} className="flex items-center gap-3 py-2">
              <div className="min-w-0 grow">
                <p className="flex flex-wrap items-center gap-x-2 font-medium">
                  {agentWords(device.agent)} {device.here && <Badge tone="medium">This browser</Badge>}
                </p>
                <p className="text-xs text-mute">
                  {device.address ?? "Unknown address"} ·{" "}
                  {device.trustedAt && (
                    <>
                      remembered <RelativeTime at={device.trustedAt} /> ·{" "}
                    </>
                  )}
                  last used <RelativeTime at={device.lastUsedAt} />
                </p>
              </div>
              <Form action={forgetDeviceForm} aria-label={`Trusted device ${agentWords(device.agent)}`}>
                <input type="hidden" name="id" value={device.id} />
                <SubmitButton variant="secondary">Revoke</SubmitButton>
              </Form>
            </li>
          ))}
        </ul>
      )}
    </FactorSection>
  );
}
