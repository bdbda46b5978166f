import { afterAll, beforeAll, expect, test } from "vitest";
import { type IdentityProvider, peerPages, startIdentityProvider } from "./identity-provider.ts";
import { newWebClient } from "./web-client.ts";

const callback = "http://127.0.0.1:9/callback";
let peer: IdentityProvider;
beforeAll(async () => {
  peer = await startIdentityProvider({
    clients: [{ id: "console", secret: "shared", redirectUris: [callback] }],
    accounts: { jane: { claims: { email: "jane@example.com", email_verified: true, groups: ["it"] } } },
  });
});
afterAll(() => peer.stop());

test("the peer signs somebody in, answers a code for tokens, and tells their claims", async () => {
  const query = new URLSearchParams({
    client_id: "console",
    response_type: "code",
    redirect_uri: callback,
    scope: "openid email groups",
    state: "s",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  });
  const browser = newWebClient((url) => url.startsWith(callback));
  await browser.open(`${peer.issuer}/auth?${query}`);
  expect(browser.text).toContain(peerPages.signIn);
  await browser.send({ username: "nobody" });
  expect(browser.status).toBe(401);
  await browser.send({ username: "jane" });
  const answer = new URL(browser.url).searchParams;
  expect(answer.get("state")).toBe("s");
  expect(answer.get("iss")).toBe(peer.issuer);
  const tokens = await fetch(`${peer.issuer}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa("console:shared")}` },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: answer.get("code") ?? "",
      redirect_uri: callback,
      code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    }),
  }).then((response) => response.json() as Promise<Record<string, string>>);
  expect(tokens.id_token).toBeTruthy();
  const userinfo = await fetch(`${peer.issuer}/me`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  expect(await userinfo.json()).toEqual({
    sub: "jane",
    email: "jane@example.com",
    email_verified: true,
    groups: ["it"],
  });
});

test("its metadata names what signing out takes", async () => {
  const metadata = await fetch(`${peer.issuer}/.well-known/openid-configuration`).then((one) => one.json());
  expect(metadata).toMatchObject({
    issuer: peer.issuer,
    end_session_endpoint: `${peer.issuer}/session/end`,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    authorization_response_iss_parameter_supported: true,
  });
});
