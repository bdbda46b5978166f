import type { ProviderView } from "#lib/sso/index.ts";

/** What the order of the rules means here, in words. */
export function Precedence({ provider }: { provider: ProviderView }) {
  const { assignment, roles, settings, newUserRoles } = provider;
  const chosen = typeof settings.defaultRole === "string" ? [settings.defaultRole] : newUserRoles;
  const labels = roles.filter(({ key }) => chosen.includes(key)).map(({ label }) => label);
  const rest = labels.length > 0 ? labels.join(", ") : "no role";
  return (
    <>
      <p>
        {assignment === "single"
          ? "A user has one role here: the first rule from above that fits gives it."
          : "A user can have several roles here: every rule that fits gives its role, in whatever order they stand."}{" "}
        Whoever no rule fits gets {rest}. Upper and lower case are the same.
      </p>
      <p>
        When a claim that a rule names does not come at all, nothing is concluded from that: roles stay as
        they were, and the sync says so.
      </p>
    </>
  );
}
