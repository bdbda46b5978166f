import type { Tx } from "#lib/kernel/database.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { defineCommand } from "#lib/kernel/operation.ts";
import { draftsOf, environmentSlug, lockProviders, slugSchema } from "#lib/providers/index.ts";
import { lookUp } from "./check-provider.ts";
import { scopesFor } from "./discovery.ts";
import { refuseTakenAuthority } from "./one-authority.ts";
import { addProviderSchema } from "./schema.ts";
import { aboutProvider } from "./stored-provider.ts";
import { newRow } from "./write-provider.ts";

/**
 * A provider begins with its name and, for OpenID Connect, an issuer that answers. It is off, and its page has the
 * addresses that the provider asks for before it hands out a client ID.
 */
export const addProvider = defineCommand({
  name: "add identity provider",
  needs: "manageSettings",
  dangerous: true,
  input: addProviderSchema,
  about: ({ slug, label }) => aboutProvider({ slug: slug ?? "", label }),
  async prepare(_context, { kind, issuer = "", plainHttp }) {
    if (kind === "saml") return {};
    const found = await lookUp(issuer, !plainHttp);
    return { issuer: found.issuer, scopes: scopesFor(found), enforceHttps: !plainHttp };
  },
  async run({ tx, call }, { kind, label, slug: wanted }, settings) {
    await lockProviders(tx);
    if (settings.issuer !== undefined) await refuseTakenAuthority(tx, "", "issuer", settings.issuer);
    const slug = await freeSlug(tx, { kind, label, wanted });
    await tx.identityProvider.create({
      data: { slug, kind, label, settings, ...(await newRow(tx, call)) },
      select: { id: true },
    });
    const after = { kind, label, slug, ...settings };
    return { target: aboutProvider({ slug, label }), after, result: { slug, label } };
  },
});

/** One that was asked for is free or refused; one that is made of the name makes way. */
async function freeSlug(
  tx: Tx,
  { kind, label, wanted }: { kind: "oidc" | "saml"; label: string; wanted: string | undefined },
): Promise<string> {
  const taken = new Set((await draftsOf(tx)).map(({ slug }) => slug));
  if (kind === "saml") taken.add(environmentSlug);
  if (wanted !== undefined) {
    if (!taken.has(wanted)) return wanted;
    const message = `The short name ${wanted} is taken: choose another.`;
    throw new AppError("conflict", "name_taken", message, { fields: { slug: [message] } });
  }
  const base = slugFrom(label);
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

function slugFrom(label: string): string {
  const plain = label.normalize("NFKD").toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+|-+$/g, "");
  return slugSchema.safeParse(slug.slice(0, 30)).data ?? "provider";
}
