import { lastingRows } from "#lib/assignments/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { currentPolicy } from "#lib/policy/index.ts";
import { changeAccess } from "./change-access.ts";
import { findTarget, nameTarget } from "./find-target.ts";
import { presetSchema } from "./schema.ts";

/** Gives somebody exactly the roles of an access preset. Those that they hold already stay as they are. */
export const applyPreset = defineCommand({
  name: "apply access preset",
  needs: "manageUsers",
  changesAccess: true,
  refusedUnderSync: true,
  input: presetSchema,
  about: ({ id }) => ({ kind: "user", id, name: id }),
  async prepare({ reader, concerns }, { id }) {
    concerns(await nameTarget(reader, id));
  },
  async run(context, { id, preset: key, confirmed }) {
    const { tx, call } = context;
    const { catalogue } = await currentPolicy(tx);
    const preset = presetOf(catalogue.presets, key);
    const user = await findTarget(tx, id, context.at);
    const held = await lastingRows(tx, id, call.at);
    const { sessionsEnded } = await changeAccess(context, user, { roles: preset.roles, confirmed });
    const { username } = user;
    return {
      target: { kind: "user", id, name: username },
      before: { roles: held.map(({ role }) => role.key) },
      after: { preset: key, roles: preset.roles, sessionsEnded },
      result: { id, username, preset: preset.label, sessionsEnded },
    };
  },
});

export function presetOf<Preset extends { key: string }>(presets: readonly Preset[], key: string): Preset {
  const preset = presets.find((one) => one.key === key);
  if (preset) return preset;
  const message = `There is no access preset "${key}": the catalogue may have changed.`;
  throw new AppError("invalid", "preset_not_found", message, { fields: { preset: [message] } });
}
