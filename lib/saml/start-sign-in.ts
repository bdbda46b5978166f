import { randomBytes } from "node:crypto";
import { defineCommand } from "#lib/kernel/operation.ts";
import { newSecretToken } from "#lib/kernel/secret-token.ts";
import { takeTurn } from "#lib/sign-in/index.ts";
import { ownOrigin, samlAddresses } from "./addresses.ts";
import { browserMark, keepRequest } from "./one-time.ts";
import { samlProvider } from "./saml-provider.ts";
import { startSchema } from "./schema.ts";
import { libraryFor } from "./verify-signature.ts";

/** A request for the provider, and the token that ties it to the browser which brings it there. */
export const startSamlSignIn = defineCommand({
  name: "start saml sign-in",
  needs: "public",
  input: startSchema,
  about: ({ provider }) => ({ kind: "identity provider", name: provider }),
  async prepare({ reader, call }, { provider: slug }) {
    await takeTurn("provider", call);
    const provider = await samlProvider(reader, slug);
    const requestId = `_${randomBytes(20).toString("hex")}`;
    const own = samlAddresses(ownOrigin(call.origin), slug);
    const url = await libraryFor(provider, own, { requestId }).getAuthorizeUrlAsync("", undefined, {});
    return { requestId, url };
  },
  async run({ tx, call }, { provider, next }, { requestId, url }) {
    const token = newSecretToken();
    const request = { provider, browser: browserMark(token), next };
    const expiresAt = await keepRequest(tx, requestId, request, call.at);
    return {
      target: { kind: "identity provider", name: provider },
      result: { url, browser: { token, expiresAt } },
    };
  },
});
