import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { FactorSection } from "./factor-section.tsx";

const few = 3;

export function RecoveryCodes({ left, renewHref }: { left: number; renewHref: string }) {
  return (
    <FactorSection
      id="recovery"
      title="Recovery codes"
      status={<span className="text-mute tabular-nums">{left} of 10 left</span>}
      description="For the day on which phone and passkeys are lost. Each code works once."
      actions={
        <LinkButton href={renewHref} scroll={false}>
          Get new codes
        </LinkButton>
      }
    >
      {left <= few && (
        <Notice kind="warning">
          {left === 0
            ? "No recovery code is left"
            : `Only ${left === 1 ? "one recovery code is" : `${left} recovery codes are`} left`}
          : get new ones while you can still sign in.
        </Notice>
      )}
    </FactorSection>
  );
}
