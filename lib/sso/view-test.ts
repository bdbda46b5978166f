import { defineQuery } from "#lib/kernel/operation.ts";
import { requireUser } from "#lib/kernel/require-user.ts";
import type { Unread } from "#lib/providers/index.ts";
import { type ClaimRow, claimRows } from "./claim-rows.ts";
import { providerSchema } from "./schema.ts";
import { resultOf } from "./test-runs.ts";

/** What the latest test sign-in of this session showed. */
export interface TestView {
  at: Date;
  failure: string | undefined;
  reason: string | undefined;
  unread: Unread | undefined;
  claims: ClaimRow[];
  /** Whether the provider says that the address is verified; "silent" when it says nothing of it. */
  address: "verified" | "unverified" | "silent" | "none";
}

export const viewTest = defineQuery({
  name: "view test sign-in",
  needs: "manageSettings",
  input: providerSchema,
  async run({ reader, actor, call }, { slug }): Promise<{ test: TestView | undefined }> {
    const seen = await resultOf(reader, requireUser(actor), slug, call.at);
    if (!seen) return { test: undefined };
    const { claims = {}, failure, reason, unread, at } = seen;
    const silent = seen.address === "unverified" && claims.email_verified === undefined;
    const address = silent ? "silent" : (seen.address ?? "none");
    return { test: { at: new Date(at), failure, reason, unread, claims: claimRows(claims), address } };
  },
});
