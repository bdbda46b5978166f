import type { Draft } from "#lib/providers/index.ts";
import { samlAddresses } from "#lib/saml/index.ts";
import { backchannelLogoutPath } from "#lib/sign-out/index.ts";

/** An address of ours that the provider asks for. */
export interface Address {
  /** What providers call it. */
  label: string;
  value: string;
  /** What it is for. */
  note: string;
  /** The variable that gives it, or "settings" when it is not the usual one. */
  from?: string | undefined;
}

export const callbackAddress = (
  origin: string,
  { slug, settings }: Pick<Draft, "slug" | "settings">,
): string =>
  typeof settings.redirectUri === "string" ? settings.redirectUri : `${origin}/api/auth/callback/${slug}`;

/** What an administrator copies to the provider. */
export function addressesOf(
  origin: string,
  draft: Pick<Draft, "slug" | "kind" | "settings" | "fixed">,
): Address[] {
  const { slug, kind, settings, fixed } = draft;
  if (kind === "saml") {
    const { entityId, acs } = samlAddresses(origin, slug);
    return [
      {
        label: "Metadata",
        value: entityId,
        note: "Our entity ID (audience) and where our metadata are: most providers take this alone.",
      },
      {
        label: "Assertion consumer service",
        value: acs,
        note: "Where the provider posts its answer (reply URL, single sign-on URL).",
      },
    ];
  }
  return [
    {
      label: "Redirect URI",
      value: callbackAddress(origin, draft),
      note: "Where the provider sends people back to (callback URL).",
      from: fixed.redirectUri,
    },
    {
      label: "Post-logout redirect URI",
      value: typeof settings.postLogoutUri === "string" ? settings.postLogoutUri : `${origin}/sign-in`,
      note: "Where people arrive after signing out at the provider.",
      from: fixed.postLogoutUri,
    },
    {
      label: "Back-channel logout URI",
      value: origin + backchannelLogoutPath(slug),
      note: "Where the provider says that a session has ended, so that it ends here too.",
    },
  ];
}
