import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { viewFactorsOf } from "#lib/second-factor/index.ts";
import { read } from "#lib/web/read.ts";

/** What somebody has enrolled, and the way to take it away when they lost it. `resetHref` leads there. */
export async function FactorsOf({ id, resetHref }: { id: string; resetHref: string }) {
  const { totp, passkeys, recoveryCodes, why } = await read(viewFactorsOf, { id });
  const enrolled = [
    totp && "Authenticator app",
    passkeys > 0 && (passkeys === 1 ? "1 passkey" : `${passkeys} passkeys`),
    recoveryCodes > 0 && `${recoveryCodes} recovery codes`,
  ].filter(Boolean);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 grow basis-48">
        <p className="font-medium">Second factor</p>
        <p className="text-xs text-mute">{enrolled.length > 0 ? enrolled.join(", ") : "None set up."}</p>
        {why && <p className="text-xs font-medium text-mute">{why}</p>}
      </div>
      {why ? (
        <Button disabledReason={why}>Reset second factor</Button>
      ) : (
        <LinkButton href={resetHref} scroll={false}>
          Reset second factor
        </LinkButton>
      )}
    </div>
  );
}
