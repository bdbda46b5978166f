import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A key pair and a certificate of its own, made on the spot: no private key lies in the repository. */
export interface Signer {
  privateKey: string;
  certificate: string;
}

export function newSigner(name = "test", { bits = 2048 } = {}): Signer {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: certify(name, privateKey, publicKey),
  };
}

/** The same with a key on an elliptic curve. */
export function newCurveSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { privateKey: pem, certificate: certify("curve", privateKey, publicKey) };
}

/** As much of X.509 as a certificate needs that nobody but the test believes. */
function certify(name: string, privateKey: KeyObject, publicKey: KeyObject): string {
  const oid = privateKey.asymmetricKeyType === "rsa" ? "2a864886f70d01010b" : "2a8648ce3d040302";
  const parameters = privateKey.asymmetricKeyType === "rsa" ? [der(0x05)] : [];
  const algorithm = der(0x30, der(0x06, Buffer.from(oid, "hex")), ...parameters);
  const common = der(0x30, der(0x06, Buffer.from("550403", "hex")), der(0x0c, Buffer.from(name)));
  const subject = der(0x30, der(0x31, common));
  const validity = der(
    0x30,
    der(0x17, Buffer.from("200101000000Z")),
    der(0x17, Buffer.from("400101000000Z")),
  );
  const key = publicKey.export({ type: "spki", format: "der" });
  const body = der(0x30, der(0x02, Buffer.of(1)), algorithm, subject, validity, subject, key);
  const signature = der(0x03, Buffer.of(0), sign("sha256", body, privateKey));
  const whole = der(0x30, body, algorithm, signature).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${whole.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), body]);
}
