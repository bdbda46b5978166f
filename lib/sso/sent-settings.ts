import type { Draft } from "#lib/providers/index.ts";
import type { SaveProvider } from "./schema.ts";

const boxes = ["autoCreateUsers", "trustUnverifiedEmail", "linkAdministrators"] as const;
const texts = ["defaultRole", "buttonText"] as const;
const ofOidc = {
  boxes: ["enforceHttps"],
  texts: ["issuer", "clientId", "redirectUri", "scopes", "postLogoutUri"],
} as const;
const ofSaml = {
  boxes: ["allowIdpInitiated"],
  texts: [
    "entityId",
    "ssoUrl",
    "emailAttribute",
    "usernameAttribute",
    "givenNameAttribute",
    "familyNameAttribute",
  ],
} as const;

/** The settings as a form sent them, by what is the provider's own kind. A text that was emptied has its default again. */
export function sentSettings({ kind, fixed }: Draft, input: SaveProvider) {
  const own = kind === "saml" ? ofSaml : ofOidc;
  const sent: [string, string | boolean | string[] | undefined][] = [
    ...[...boxes, ...own.boxes].map((name) => [name, input[name]] as [string, boolean]),
    ...[...texts, ...own.texts]
      .filter((name) => input[name] !== undefined)
      .map((name) => [name, input[name]?.trim() || undefined] as [string, string | undefined]),
  ];
  if (kind === "saml" && input.certificates !== undefined) {
    sent.push(["certificates", certificatesIn(input.certificates)]);
  }
  return Object.fromEntries(sent.filter(([name]) => fixed[name] === undefined));
}

/** Several certificates follow one another, each in PEM; one alone may be bare base64. */
function certificatesIn(text: string): string[] {
  const pem = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
  return (pem ?? [text]).map((one) => one.trim()).filter(Boolean);
}
