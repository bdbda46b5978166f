export const breakGlassHelp = `Gives somebody access again when nobody can administer any more. For whoever is on the server.

  npm run break-glass -- <username or email> [--roles | --password] [--local-sign-in]
  npm run break-glass -- --local-sign-in

  --roles          only the owner roles, those that the first user of this catalogue gets
  --password       only a new random password, printed once
  --local-sign-in  passwords and passkeys sign people in again, after they were switched off
  --help           this text

Without an option the account gets both. In any case it becomes active; its sessions, known browsers, earlier
reset links and second factors end; and an event is written to the audit log. An account without a password gets one
in any case.

A link to choose a password is printed as well. It works once, for an hour, also while too many wrong passwords keep
the printed password from being accepted.

It works while the console runs and while it is stopped, with the same settings (BAILIWICK_DATA, DATABASE_URL,
DATABASE_DIRECT_URL) and under the same account of the system.`;

/**
 * What was done, for the person at the terminal.
 * @param console the console's address, if it is set
 */
export function restored(done: {
  username: string;
  roles: string[];
  sessionsEnded: number;
  devicesForgotten: number;
  administers: boolean;
  password: string | undefined;
  linkToken: string | undefined;
  localSignIn: boolean;
  console: string | undefined;
}): string[] {
  const { username, roles, password, linkToken, localSignIn, console = "<address of the console>" } = done;
  return [
    `${username} is active and holds: ${roles.join(", ") || "no role"}.`,
    ...(done.administers ? [] : ["These roles do not let them manage users."]),
    `Ended: sessions ${done.sessionsEnded}, trusted devices ${done.devicesForgotten}, all known browsers, second factors and earlier reset links.`,
    ...(password ? [`New password, shown only now: ${password}`] : []),
    ...(linkToken
      ? [
          `Link to choose a password, works once and for an hour: ${console}/reset-password?token=${linkToken}`,
          "If sign-in says that there were too many failed attempts, open the link, then sign in in the same browser.",
        ]
      : []),
    ...(localSignIn ? [] : [`Passwords sign nobody in here: run this with --local-sign-in as well.`]),
  ];
}

/** What became of signing in with passwords. */
export function opened({ open, byEnvironment }: { open: boolean; byEnvironment: boolean }): string {
  if (open) return "Passwords and passkeys sign people in.";
  const why = byEnvironment ? "OIDC_DISABLE_LOCAL_AUTH is true in the environment" : "They are switched off";
  return `Passwords still sign nobody in: ${why}. Take it out, and start the console anew.`;
}
