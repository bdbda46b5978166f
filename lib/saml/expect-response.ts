import { z } from "zod";
import { defineQuery } from "#lib/kernel/operation.ts";
import { isTestUnderWay } from "./one-time.ts";
import { samlRefusal } from "./refusals.ts";
import { samlProvider } from "./saml-provider.ts";
import { responseSchema } from "./schema.ts";

/** Asked before a response is read, which is long and comes from anybody: whether this provider may send one now. */
export const expectSamlResponse = defineQuery({
  name: "ask whether a saml response may come",
  needs: "public",
  input: z.object({ provider: responseSchema.shape.provider }),
  async run({ reader, call }, { provider: slug }): Promise<void> {
    const provider = await samlProvider(reader, slug, { evenOff: true });
    if (!provider.enabled && !(await isTestUnderWay(reader, slug, call.at))) throw samlRefusal("saml_off");
  },
});
