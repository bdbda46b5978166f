import { Dialog } from "#components/ui/dialog.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** For the address of a dialog that changes users or roles, while an identity provider does: why there is no form. */
export function SyncedDialog(props: { title: string; why: string; closeHref: string }) {
  return (
    <Dialog
      title={props.title}
      closeHref={props.closeHref}
      size="small"
      footer={
        <LinkButton href={props.closeHref} scroll={false} data-autofocus>
          Close
        </LinkButton>
      }
    >
      <Notice kind="info">{props.why}</Notice>
    </Dialog>
  );
}
