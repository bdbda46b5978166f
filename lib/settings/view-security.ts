import { z } from "zod";
import { can } from "#lib/kernel/actor.ts";
import { defineQuery } from "#lib/kernel/operation.ts";
import type { Security } from "./schema.ts";
import { securityOf } from "./security.ts";

/** The security settings as their form shows them. */
export interface SecurityView {
  security: Security;
  /** Every role, for those that need a second factor. */
  roles: { key: string; label: string }[];
  /** Why they cannot be changed; absent when they can. */
  why?: string;
}

export const viewSecurity = defineQuery({
  name: "view security settings",
  needs: "viewSettings",
  input: z.object({}),
  async run({ reader, actor, at }): Promise<SecurityView> {
    const roles = await reader.role.findMany({
      select: { key: true, label: true },
      orderBy: [{ position: { sort: "asc", nulls: "last" } }, { key: "asc" }],
    });
    const security = await securityOf(reader);
    if (can(actor, "manageSettings", at)) return { security, roles };
    return { security, roles, why: "You may look at settings but not change them." };
  },
});
