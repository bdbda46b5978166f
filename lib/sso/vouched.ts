import type { Claims, Unread } from "#lib/providers/index.ts";

/** What an identity provider vouches for, once everything about its answer has been checked. */
export interface Vouched {
  /** The provider's slug. */
  provider: string;
  /** Issuer and subject together are who somebody is, whatever their name or address. */
  issuer: string;
  subject: string;
  /** The provider's own session, for its word that it has ended. */
  session?: string | undefined;
  /** The ID token as it came, which signing out there asks for. */
  idToken?: string | undefined;
  email?: string | undefined;
  /** The provider says that the address is theirs: true and nothing like it. */
  emailVerified: boolean;
  username?: string | undefined;
  givenName?: string | undefined;
  familyName?: string | undefined;
  /** When the person last proved there who they are, where it says. */
  authenticatedAt?: Date | undefined;
  /** Everything it said, for the rules that make roles of it. */
  claims: Claims;
  /** Something that was to be asked did not answer: nothing may be concluded from what is missing. */
  unread?: Unread | undefined;
}
