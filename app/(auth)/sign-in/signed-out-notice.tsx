import { Notice } from "#components/ui/notice.tsx";
import { readSignedOut } from "#lib/web/signed-out.ts";

/** For whoever has just signed out: what became of it at their provider, as far as we can know. A link alone cannot show it. */
export async function SignedOutNotice({ state }: { state: unknown }) {
  if (typeof state !== "string") return null;
  const signedOut = await readSignedOut();
  if (signedOut?.state !== state) return null;
  const { label, there } = signedOut;
  return there ? (
    <Notice kind="success" reason="provider_asked" className="mb-4">
      You are signed out here, and {label} was asked to sign you out too.
    </Notice>
  ) : (
    <Notice kind="warning" reason="provider_not_asked" className="mb-4">
      You are signed out here, but may still be signed in at {label}: sign out there as well if others use
      this computer.
    </Notice>
  );
}
