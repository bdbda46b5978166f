import type { Security } from "#lib/settings/index.ts";
import { NumberField } from "./number-field.tsx";
import { SettingsSection } from "./settings-section.tsx";

export function SessionSettings({ security }: { security: Security }) {
  return (
    <SettingsSection
      id="sessions"
      title="Sessions"
      description="A shorter idle limit holds for sessions that exist already; the longest life is fixed when a session begins."
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberField
          name="idleMinutes"
          label="Idle limit in minutes"
          description="5 to 43,200. Unused for so long, a session ends. A day is 1,440."
          value={security.idleMinutes}
        />
        <NumberField
          name="absoluteHours"
          label="Longest life in hours"
          description="1 to 720. However much it is used, a session ends. A week is 168."
          value={security.absoluteHours}
        />
        <NumberField
          name="reauthMinutes"
          label="Ask again after minutes"
          description="0 to 1,440. Before a dangerous act, identity must have been proven within so many minutes; 0 never asks."
          value={security.reauthMinutes}
        />
      </div>
    </SettingsSection>
  );
}
