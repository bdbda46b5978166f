import { Dialog } from "#components/ui/dialog.tsx";
import { tokenScopes } from "#lib/scim/schema.ts";
import { CreateTokenForm } from "./create-token-form.tsx";

interface Props {
  providers: readonly { slug: string; label: string | undefined; syncs: boolean; why: string | undefined }[];
  administratorsWhy: string | undefined;
  createWhy: string | undefined;
  closeHref: string;
}

export function CreateTokenDialog({ providers, administratorsWhy, createWhy, closeHref }: Props) {
  return (
    <Dialog
      title="Create token"
      description="For the provisioning client of one identity provider."
      closeHref={closeHref}
    >
      <CreateTokenForm
        closeHref={closeHref}
        disabledReason={createWhy}
        providers={providers.map(({ slug, label, syncs, why }) => ({
          value: slug,
          label:
            label === undefined
              ? "None: groups make no roles"
              : `${label}${syncs ? "" : " (does not sync roles)"}`,
          disabledReason: why,
        }))}
        scopes={tokenScopes.map(({ key, label, help }) => ({
          value: key,
          label,
          description: help,
          dangerous: key === "administrators",
          disabledReason: key === "administrators" ? administratorsWhy : undefined,
        }))}
      />
    </Dialog>
  );
}
