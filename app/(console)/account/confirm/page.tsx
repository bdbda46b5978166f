import type { Metadata } from "next";
import { askToConfirmForm, confirmAtProviderForm, confirmIdentityForm } from "#app/(console)/actions.ts";
import { IdentityProofForm } from "#components/form/identity-proof-form.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { waysToConfirm } from "#lib/sign-in/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { providerProblem } from "#lib/web/provider-problem.ts";
import { read } from "#lib/web/read.ts";
import { returnPath } from "#lib/web/return-path.ts";

export const metadata: Metadata = { title: "Confirm that it is you" };

/** Where a dangerous act leads that was asked for without scripts; with them, a dialog asks in place. */
export default async function ConfirmPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const next = returnPath(params.next, "/account");
  const problem = await providerProblem(params);
  return (
    <>
      <PageHeader
        title="Confirm that it is you"
        description="What you want to do needs a fresh proof. Then do it again on the page that you came from."
      />
      <div className="max-w-sm">
        {problem && (
          <Notice kind="danger" role="alert" reason={problem.reason} className="mb-4">
            {problem.message}
          </Notice>
        )}
        <IdentityProofForm
          ways={await read(waysToConfirm, {})}
          action={confirmIdentityForm}
          askPasskey={askToConfirmForm}
          atProvider={confirmAtProviderForm}
          cancel={<LinkButton href={next}>Cancel</LinkButton>}
        >
          <input type="hidden" name="next" value={next} />
        </IdentityProofForm>
      </div>
    </>
  );
}
