import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** An authenticator made of software, as far as the console can tell one: ES256, no attestation. */
export interface SoftPasskey {
  id: string;
  /** Counts the assertions; may be set back, as a copy's would be. */
  counter: number;
  make(options: Options, origin: string, flags?: number): string;
  show(options: Options, origin: string, flags?: number): string;
}

interface Options {
  challenge: string;
  rp?: { id?: string };
  rpId?: string;
  user?: { id: string };
}

/** User present, user verified, and for a new one: key included. */
export const present = 0x01;
const verified = 0x05;
const withKey = 0x40;

export function softPasskey(): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const credentialId = randomBytes(20);
  let handle = "";
  const own: SoftPasskey = {
    id: credentialId.toString("base64url"),
    counter: 0,
    make(options, origin, flags = verified) {
      handle = options.user?.id ?? "";
      const key = Buffer.concat([
        Buffer.from("a5010203262001215820", "hex"),
        Buffer.from(x, "base64url"),
        Buffer.from("225820", "hex"),
        Buffer.from(y, "base64url"),
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const authData = Buffer.concat([
        head(options.rp?.id ?? "", flags | withKey, own.counter),
        Buffer.alloc(16),
        length,
        credentialId,
        key,
      ]);
      const attestationObject = Buffer.concat([
        Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746158", "hex"),
        Buffer.of(authData.length),
        authData,
      ]).toString("base64url");
      const clientDataJSON = clientData("webauthn.create", options.challenge, origin).toString("base64url");
      return answer(own.id, { clientDataJSON, attestationObject, transports: ["internal"] });
    },
    show(options, origin, flags = verified) {
      own.counter += 1;
      const authData = head(options.rpId ?? "", flags, own.counter);
      const client = clientData("webauthn.get", options.challenge, origin);
      const signed = Buffer.concat([authData, createHash("sha256").update(client).digest()]);
      return answer(own.id, {
        clientDataJSON: client.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: sign("sha256", signed, privateKey).toString("base64url"),
        userHandle: handle,
      });
    },
  };
  return own;
}

function head(rpId: string, flags: number, counter: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.of(flags), count]);
}

const clientData = (type: string, challenge: string, origin: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

const answer = (id: string, response: object) =>
  JSON.stringify({ id, rawId: id, type: "public-key", response, clientExtensionResults: {} });
