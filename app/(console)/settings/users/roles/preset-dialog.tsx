import { Form } from "#components/form/form.tsx";
import { FormButtons } from "#components/form/form-buttons.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { previewPreset, viewUserRoles } from "#lib/users/index.ts";
import { read, readIfThere } from "#lib/web/read.ts";
import { applyPresetForm } from "./actions.ts";
import { ConfirmDangers } from "./confirm-dangers.tsx";
import { PresetChanges } from "./preset-changes.tsx";

/** Chooses an access preset and shows what it would change before it does. */
export async function PresetDialog(props: {
  id: string;
  chosen: string | undefined;
  backHref: string;
  chooseHref: (preset: string) => string;
}) {
  const user = await readIfThere(viewUserRoles, { id: props.id });
  if (!user) return null;
  const chosen = user.presets.find(({ key }) => key === props.chosen);
  const preview = chosen && (await read(previewPreset, { id: props.id, preset: chosen.key }));
  const nothing = preview && preview.added.length + preview.removed.length === 0;
  return (
    <Dialog
      title={`Apply a preset to ${user.name || user.username}`}
      description="A preset gives exactly its roles. You see what changes first."
      closeHref={props.backHref}
    >
      <nav aria-label="Access presets" className="mb-4 flex flex-wrap gap-2">
        {user.presets.map((preset) => (
          <LinkButton
            key={preset.key}
            href={props.chooseHref(preset.key)}
            scroll={false}
            variant={preset === chosen ? "primary" : "secondary"}
            aria-current={preset === chosen ? "true" : undefined}
          >
            {preset.label}
          </LinkButton>
        ))}
      </nav>
      <Form action={applyPresetForm} okHref={props.backHref} aria-label="Apply preset">
        <input type="hidden" name="id" value={props.id} />
        {chosen && <input type="hidden" name="preset" value={chosen.key} />}
        {preview ? (
          <>
            <PresetChanges preview={preview} />
            <ConfirmDangers roles={preview.added} whom={user.name || user.username} />
          </>
        ) : (
          <p className="text-sm text-soft">Choose one.</p>
        )}
        <FormButtons
          label={chosen ? `Apply ${chosen.label}` : "Apply"}
          cancelHref={props.backHref}
          disabledReason={
            user.editWhy ??
            (chosen ? undefined : "Choose a preset first.") ??
            preview?.why ??
            (nothing ? "They hold exactly these roles already." : undefined)
          }
        />
      </Form>
    </Dialog>
  );
}
