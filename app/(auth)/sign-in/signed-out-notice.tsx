import { Notice } from "#components/ui/notice.tsx";
import { readSignedOut } from "#lib/web/signed-out.ts";

/** For whoever has just signed out: whether that holds at their provider too. A link alone cannot show it. */
export async function SignedOutNotice({ state }: { state: unknown }) {
  if (typeof state !== "string") return null;
  const signedOut = await readSignedOut();
  if (signedOut?.state !== state) return null;
  const { label, there } = signedOut;
  return there ? (
    <Notice kind="success" className="mb-4">
      You are signed out, here and at {label}.
    </Notice>
  ) : (
    <Notice kind="warning" className="mb-4">
      You are signed out here, but may still be signed in at {label}: sign out there as well if others use
      this computer.
    </Notice>
  );
}
