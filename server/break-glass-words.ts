export const breakGlassHelp = `Gives somebody access again when nobody can administer any more. For whoever is on the server.

  npm run break-glass -- <username or email> [--roles | --password] [--local-sign-in]
  npm run break-glass -- --local-sign-in

  --roles          only the owner roles, those that the first user of this catalogue gets
  --password       only a new random password, printed once
  --local-sign-in  passwords and passkeys sign people in again, after they were switched off
  --help           this text

Without an option the account gets both. In any case it becomes active; its sessions, trusted devices, reset
links and second factors end; and the audit trail gets a row. An account without a password gets one in any case.

It works while the console runs and while it is stopped, with the same settings (BAILIWICK_DATA, DATABASE_URL)
and under the same account of the system.`;

/** What was done, for the person at the terminal. */
export function restored(done: {
  username: string;
  roles: string[];
  sessionsEnded: number;
  devicesForgotten: number;
  administers: boolean;
  password: string | undefined;
  localSignIn: boolean;
}): string[] {
  const { username, roles, password, localSignIn } = done;
  return [
    `${username} is active and holds: ${roles.join(", ") || "no role"}.`,
    ...(done.administers ? [] : ["These roles do not let them manage users."]),
    `Ended: sessions ${done.sessionsEnded}, trusted devices ${done.devicesForgotten}, all second factors and reset links.`,
    ...(password ? [`New password, shown only now: ${password}`] : []),
    ...(localSignIn ? [] : [`Passwords sign nobody in here: run this with --local-sign-in as well.`]),
  ];
}

/** What became of signing in with passwords. */
export function opened({ open, byEnvironment }: { open: boolean; byEnvironment: boolean }): string {
  if (open) return "Passwords and passkeys sign people in.";
  const why = byEnvironment ? "OIDC_DISABLE_LOCAL_AUTH is true in the environment" : "They are switched off";
  return `Passwords still sign nobody in: ${why}. Take it out, and start the console anew.`;
}
