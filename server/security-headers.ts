import { randomBytes } from "node:crypto";

export const newNonce = () => randomBytes(16).toString("base64");

/** The policy that the browser enforces; Next reads the nonce for its own scripts out of the same text. */
export function contentSecurityPolicy(nonce: string, dev = false): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const year = 365 * 24 * 60 * 60;

/** What every response carries. `secure`: the browser reached us over TLS. */
export function securityHeaders(options: { policy: string; secure: boolean }): Record<string, string> {
  return {
    "content-security-policy": options.policy,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy":
      "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)",
    ...(options.secure ? { "strict-transport-security": `max-age=${year}; includeSubDomains` } : {}),
  };
}
