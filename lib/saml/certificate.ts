import { X509Certificate } from "node:crypto";

/**
 * A certificate as an administrator pastes it: PEM, or the bare base64 of a metadata file.
 * @returns it as PEM, or why its key cannot be used
 */
export function readCertificate(text: string): { pem: string } | { problem: string } {
  const bare = text.replace(/-----(BEGIN|END) CERTIFICATE-----/g, "").replace(/\s/g, "");
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(Buffer.from(bare, "base64"));
  } catch {
    return { problem: "This is no certificate: paste all of it, from BEGIN CERTIFICATE to END CERTIFICATE." };
  }
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== "rsa")
    return { problem: `Its key is ${asymmetricKeyType}: let the provider sign with an RSA key.` };
  if ((asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
    return { problem: "Its RSA key is shorter than 2048 bits: let the provider make a new one." };
  return { pem: certificate.toString() };
}
