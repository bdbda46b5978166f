import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { StatusWord } from "#components/ui/status-word.tsx";
import { startTotpForm } from "./actions.ts";
import { FactorSection } from "./factor-section.tsx";

export function AuthenticatorApp(props: {
  totp: { createdAt: Date } | null;
  removeHref: string;
  removeWhy: string | undefined;
}) {
  const { totp } = props;
  return (
    <FactorSection
      id="app"
      title="Authenticator app"
      status={
        totp ? (
          <StatusWord tone="low">On</StatusWord>
        ) : (
          <StatusWord tone="neutral" hollow>
            Not set up
          </StatusWord>
        )
      }
      description={
        totp ? (
          <>
            Set up <RelativeTime at={totp.createdAt} />. It shows a new code every 30 seconds.
          </>
        ) : (
          "An app on your phone that shows a new code every 30 seconds."
        )
      }
      actions={
        <>
          <Form action={startTotpForm} aria-label="Authenticator app">
            <SubmitButton variant={totp ? "secondary" : "primary"}>
              {totp ? "Replace" : "Set up"}
            </SubmitButton>
          </Form>
          {totp && <Remove href={props.removeHref} why={props.removeWhy} />}
        </>
      }
    />
  );
}

function Remove({ href, why }: { href: string; why: string | undefined }) {
  if (why) return <Button disabledReason={why}>Remove</Button>;
  return (
    <LinkButton href={href} scroll={false}>
      Remove
    </LinkButton>
  );
}
