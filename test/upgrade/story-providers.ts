import { systemCall } from "#lib/kernel/call.ts";
import { createProvisioningToken, revokeProvisioningToken } from "#lib/scim/index.ts";
import {
  addProvider,
  enterVouched,
  saveProvider,
  saveRules,
  saveSignOn,
  switchProvider,
  switchSync,
} from "#lib/sso/index.ts";
import { deleteUser } from "#lib/users/index.ts";
import { startIdentityProvider } from "#test/identity-provider.ts";
import { SamlIdentityProvider } from "#test/saml-provider.ts";
import { day, type Story } from "./story.ts";

/** Clear text of the client secret: later releases have to open what was sealed. */
export const clientSecret = "a client secret that was sealed";

/** An OpenID provider and a SAML provider, with sealed secret, certificate and rules; and who came through the first. */
export async function tellProviders(story: Story): Promise<void> {
  const admission = {
    autoCreateUsers: true,
    defaultRole: story.plainRole,
    trustUnverifiedEmail: false,
    linkAdministrators: false,
  };
  const peer = await startIdentityProvider();
  const { issuer } = peer;
  try {
    const added = { kind: "oidc", label: "Company sign-in é", slug: "company", issuer, plainHttp: true };
    await story.done(addProvider, "owner", added);
  } finally {
    await peer.stop();
  }
  await story.done(saveProvider, "owner", {
    slug: "company",
    version: 1,
    label: "Company sign-in é",
    ...admission,
    buttonText: "Login with <Company> & Co",
    issuer,
    clientId: "bailiwick",
    clientSecret,
    enforceHttps: false,
  });
  const rules = [
    { claim: "groups", value: "it's operators", role: story.plainRole },
    { claim: "realm_access.roles", value: "Größe 🦊", role: story.roles.at(-1) ?? story.plainRole },
  ];
  await story.done(saveRules, "owner", { slug: "company", version: 2, rules });
  await story.done(switchProvider, "owner", { slug: "company", version: 3, on: true });

  await story.done(addProvider, "owner", { kind: "saml", label: "SAML", slug: "saml-company" });
  const metadata = new SamlIdentityProvider().metadata();
  await story.done(saveProvider, "owner", {
    slug: "saml-company",
    version: 1,
    label: "SAML",
    ...admission,
    autoCreateUsers: false,
    buttonText: "SAML sign-in",
    metadata,
    emailAttribute: "mail",
  });
  await story.done(switchProvider, "owner", { slug: "saml-company", version: 2, on: true });
  await story.refused(addProvider, "careful", { kind: "saml", label: "Mine" });
  await story.done(saveSignOn, "owner", { disableLocalSignIn: false });
  await tellArrivals(story, issuer);
}

/** Whom the provider vouches for: somebody new without a password, and somebody who had an account. */
async function tellArrivals(story: Story, issuer: string): Promise<void> {
  const vouched = (subject: string, email: string) => ({
    provider: "company",
    issuer,
    subject,
    email,
    emailVerified: true,
    username: subject,
    givenName: "Vera",
    familyName: "Newcomer-Ñ",
    session: `session of ${subject}`,
    idToken: "an ID token as it came",
    claims: { groups: ["it's operators", "others"], email, realm_access: { roles: ["x"] } },
  });
  const enter = async (subject: string, email: string) => {
    const call = { ...systemCall("provider", story.at()), address: "203.0.113.77", agent: "a browser" };
    return story.done(enterVouched, call, vouched(subject, email));
  };
  const newcomer = await enter("vera.newcomer", "vera@example.net");
  await enter("linked", "linked@example.com");
  story.remember("", "vera.newcomer", { sessions: [newcomer.token] });
  await story.refused(
    enterVouched,
    { ...systemCall("provider", story.at()), address: "203.0.113.78" },
    { ...vouched("unverified", "owner@example.com"), emailVerified: false },
  );
}

/** Tokens for provisioning: one that works, one that was revoked. */
export async function tellTokens(story: Story): Promise<{ token: string; expired: string }> {
  const given = { name: "Okta's token 🔌", provider: "company", scopes: ["users", "groups"], days: 730 };
  const { secret: token } = await story.done(createProvisioningToken, "owner", given);
  const old = await story.done(createProvisioningToken, "owner", { ...given, name: "Old", days: 90 });
  await story.done(revokeProvisioningToken, "owner", { id: old.id });
  await story.refused(createProvisioningToken, "careful", given);
  story.wait(day);
  return { token, expired: old.secret };
}

/** From now on the provider decides roles: users and roles are read-only here. */
export async function tellSync(story: Story): Promise<void> {
  await story.done(switchSync, "owner", { slug: "company", version: 4, on: true });
  const { id } = story.account("plus");
  await story.refused(deleteUser, "owner", { id });
}

/** What an identity provider sends over HTTP: people, one of them inactive, one gone again, and a group. */
export async function provision(address: string, token: string): Promise<{ userName: string; id: string }> {
  const send = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${address}/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === "" ? { id: "" } : (JSON.parse(text) as { id: string });
  };
  const person = (name: string, more: object = {}) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName: `${name}@example.net`,
    externalId: `00u-${name}`,
    name: { givenName: "Próvisioned", familyName: "O'Person" },
    emails: [{ primary: true, value: `${name}@example.net`, type: "work" }],
    active: true,
    ...more,
  });
  const { id } = await send("POST", "/Users", person("provisioned"));
  await send("POST", "/Users", person("provisioned.inactive", { active: false }));
  const gone = await send("POST", "/Users", person("provisioned.gone"));
  await send("DELETE", `/Users/${gone.id}`);
  await send("PATCH", `/Users/${id}`, {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [{ op: "replace", path: "name.familyName", value: "Patched 🦊" }],
  });
  await send("POST", "/Groups", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName: "it's operators",
    externalId: "00g-operators",
    members: [{ value: id }],
  });
  return { userName: "provisioned@example.net", id };
}
