import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { tokenIdSchema } from "./schema.ts";
import { revokeNeeds } from "./token-rules.ts";

/** Ends a token at once: the client's next request fails, on every instance. */
export const revokeProvisioningToken = defineCommand({
  name: "revoke provisioning token",
  needs: revokeNeeds,
  input: tokenIdSchema,
  about: ({ id }) => ({ kind: "provisioning token", id, name: id }),
  async run({ tx, call }, { id }) {
    const token = await tx.scimToken.findUnique({ where: { id }, select: { name: true, revokedAt: true } });
    if (!token) throw new AppError("not_found", "token_not_found", "There is no such token.");
    const revokedAt = token.revokedAt ?? call.at;
    await tx.scimToken.update({ where: { id }, data: { revokedAt }, select: { id: true } });
    return {
      target: { kind: "provisioning token", id, name: token.name },
      before: { revoked: token.revokedAt !== null },
      after: { revoked: true },
      result: { name: token.name },
    };
  },
});
