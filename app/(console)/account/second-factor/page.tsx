import type { Metadata } from "next";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { viewOwnFactors } from "#lib/second-factor/index.ts";
import { pageHref, type SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { AuthenticatorApp } from "./authenticator-app.tsx";
import { OpenDialog } from "./open-dialog.tsx";
import { Passkeys } from "./passkeys.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { TrustedDevices } from "./trusted-devices.tsx";

export const metadata: Metadata = { title: "Second factor" };

/** What somebody shows besides a password. Whoever needs a factor and has none is led here, and can open nothing else. */
export default async function OwnSecondFactorPage({ searchParams }: SearchProps) {
  const params = await searchParams;
  const own = await read(viewOwnFactors, {});
  const enrolled = own.totp !== null || own.passkeys.length > 0;
  const href = (changes: Record<string, string | undefined>) =>
    pageHref("/account/second-factor", {}, changes);
  return (
    <>
      <PageHeader
        title="Second factor"
        description="Something that you have, asked for besides your password: then a stolen password opens nothing."
      />
      {own.mustEnrol && (
        <Notice
          kind="warning"
          reason="second_factor_required"
          title="Set up a second factor to go on"
          className="mb-6 max-w-3xl"
        >
          The role {own.requiring.join(", ")} needs one. The rest of the console opens as soon as you have it.
        </Notice>
      )}
      <div className="max-w-3xl">
        <AuthenticatorApp totp={own.totp} removeHref={href({ remove: "app" })} removeWhy={own.removeWhy} />
        <Passkeys
          passkeys={own.passkeys}
          addHref={href({ add: "passkey" })}
          addWhy={own.passkeyWhy}
          removeHref={(id) => href({ remove: id })}
          removeWhy={own.removeWhy}
        />
        {enrolled && <RecoveryCodes left={own.recoveryCodes} renewHref={href({ renew: "" })} />}
        {enrolled && <TrustedDevices devices={own.devices} days={own.trustedDeviceDays} />}
      </div>
      <OpenDialog params={params} own={own} closeHref={href({})} />
    </>
  );
}
