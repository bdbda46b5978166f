import type { SearchParams } from "#lib/web/page-href.ts";
import { EditRolesDialog } from "./edit-roles-dialog.tsx";
import { ExpressionDialog } from "./expression/expression-dialog.tsx";
import { PresetDialog } from "./preset-dialog.tsx";
import { TemporaryDialog } from "./temporary-dialog.tsx";

/** The dialogs about what somebody holds; closing that of presets or of temporary access leads back to the first. */
export function RolesDialogs(props: {
  params: SearchParams;
  href: (changes: Record<string, string | undefined>) => string;
}) {
  const { params, href } = props;
  const { roles, preset, temporary, as, expression } = params;
  if (typeof preset === "string")
    return (
      <PresetDialog
        id={preset}
        chosen={typeof as === "string" ? as : undefined}
        backHref={href({ roles: preset })}
        chooseHref={(key) => href({ preset, as: key })}
      />
    );
  if (typeof temporary === "string")
    return <TemporaryDialog id={temporary} backHref={href({ roles: temporary })} />;
  if (typeof expression === "string") return <ExpressionDialog id={expression} closeHref={href({})} />;
  if (typeof roles !== "string") return null;
  return (
    <EditRolesDialog id={roles} closeHref={href({})} dialogHref={(dialog) => href({ [dialog]: roles })} />
  );
}
