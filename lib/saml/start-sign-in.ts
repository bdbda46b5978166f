import { randomBytes } from "node:crypto";
import { can } from "#lib/kernel/actor.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { takeTurn } from "#lib/kernel/rate-limit.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import { newSecretToken } from "#lib/kernel/secret-token.ts";
import { ownOrigin, samlAddresses } from "./addresses.ts";
import { browserMark, keepRequest, requestLifetime } from "./one-time.ts";
import { samlRefusal } from "./refusals.ts";
import { samlProvider } from "./saml-provider.ts";
import { startSchema } from "./schema.ts";
import { libraryFor } from "./verify-signature.ts";

/** A request for the provider, and the token that ties it to the browser which brings it there. */
export const startSamlSignIn = defineCommand({
  name: "start saml sign-in",
  needs: "public",
  boundBy: "provider",
  mereStep: true,
  input: startSchema,
  about: ({ provider }) => ({ kind: "identity provider", name: provider }),
  async prepare({ reader, call, actor, at }, { provider: slug, purpose }) {
    await takeTurn("provider", call);
    if (purpose !== "enter") requireUser(actor);
    if (purpose === "test" && !can(actor, "manageSettings", at)) throw samlRefusal("saml_no_test");
    const provider = await samlProvider(reader, slug, { evenOff: purpose === "test" });
    const requestId = `_${randomBytes(20).toString("hex")}`;
    const own = samlAddresses(ownOrigin(call.origin), slug);
    const url = await libraryFor(provider, own, {
      requestId,
      anew: purpose === "confirm",
    }).getAuthorizeUrlAsync("", undefined, {});
    return { requestId, url };
  },
  async run({ tx, call, actor, at }, { provider, next, purpose }, { requestId, url }) {
    // The purpose in front tells the page that shows what went wrong; nothing else believes it.
    const token = `${purpose}.${newSecretToken()}`;
    const session = purpose === "enter" ? undefined : requireUser(actor).sessionId;
    const request = { provider, browser: browserMark(token), next, purpose, session, leftAt: at };
    await keepRequest(tx, requestId, request, call.at);
    return {
      target: { kind: "identity provider", name: provider },
      result: { url, browser: { token, seconds: requestLifetime / 1000 } },
    };
  },
});
