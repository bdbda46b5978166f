"use server";
import { applyPreset, editUserRoles } from "#lib/users/index.ts";
import { formAction } from "#lib/web/action.ts";

export const editUserRolesForm = formAction(
  editUserRoles,
  (done) => `Roles of ${done.username} saved${moved(done)}${ended(done)}`,
);

export const applyPresetForm = formAction(
  applyPreset,
  (done) => `${done.username} has the preset ${done.preset} now${ended(done)}`,
);

const ended = ({ sessionsEnded }: { sessionsEnded: number }): string =>
  sessionsEnded > 0 ? `; ${sessionsEnded} of their sessions ended` : "";

function moved({ added, changed, removed }: { added: number; changed: number; removed: number }): string {
  const parts = [
    [added, "added"],
    [changed, "changed"],
    [removed, "removed"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return said.length > 0 ? `: ${said.join(", ")}` : "";
}
