import { readCertificate, readMetadata } from "#lib/saml/index.ts";
import type { SaveProvider } from "./schema.ts";

/** What the metadata that somebody pasted say of the provider; nothing when nobody did. */
export function saidByMetadata({ metadata = "" }: Pick<SaveProvider, "metadata">, at: Date) {
  if (metadata.trim() === "") return {};
  const { entityId, ssoUrl, certificates } = readMetadata(metadata, at);
  return { entityId, ssoUrl, certificates: certificates.join("\n") };
}

/** Why one of a SAML provider's certificates could prove no signature, before anybody waits for one. */
export function certificateProblem(settings: object | undefined): string | undefined {
  const given = settings && "certificates" in settings ? settings.certificates : undefined;
  const read = Array.isArray(given) ? given.map((one) => readCertificate(String(one))) : [];
  return read.flatMap((one) => ("problem" in one ? [one.problem] : []))[0];
}
