import type { Example } from "../example.ts";
import { factors } from "./factors.ts";
import { ownAccount } from "./own-account.ts";
import { places } from "./places.ts";
import { providers } from "./providers.ts";
import { provisioning } from "./provisioning.ts";
import { roles } from "./roles.ts";
import { saml } from "./saml.ts";
import { signingIn } from "./sign-in.ts";
import { temporaryAccess } from "./temporary-access.ts";
import { users } from "./users.ts";

export const examples: readonly Example[] = [
  ...users,
  ...roles,
  ...temporaryAccess,
  ...places,
  ...ownAccount,
  ...factors,
  ...signingIn,
  ...providers,
  ...saml,
  ...provisioning,
];

/** Commands without an example, and why. */
export const withoutExample: Record<string, readonly string[]> = {
  "runs when the console starts": ["load catalogue", "mark secret"],
  "drops months that no example has; test/audit-by-month.test.ts tests it": ["delete old audit events"],
  "needs an OpenID provider that answers; lib/sso and lib/sign-out test them": [
    "start test sign-in",
    "finish test sign-in",
    "end sessions for identity provider",
  ],
};
