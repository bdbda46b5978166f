import type { ServerResponse } from "node:http";
import type { AppError, ErrorCode } from "#lib/kernel/errors.ts";

/** An answer before it is sent. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: object;
}

const statuses: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  unavailable: 503,
};

/** Reasons that RFC 7644 has a word of its own for. */
const scimTypes = ["invalidFilter", "invalidPath", "invalidSyntax", "invalidValue", "noTarget"];

export function errorAnswer(status: number, detail: string, scimType?: string): Answer {
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];
  return { status, body: { schemas, status: String(status), ...(scimType && { scimType }), detail } };
}

/** A refusal in SCIM's shape, in the words of the rule. */
export function refusalAnswer({ code, reason, message, fields, details }: AppError): Answer {
  const said = Object.values(fields).flat();
  const detail = code === "invalid" && said.length > 0 ? said.join(" ") : message;
  const answer = errorAnswer(statuses[code], detail, scimTypeOf(code, reason));
  const { retryAfter } = details;
  return typeof retryAfter === "number"
    ? { ...answer, headers: { "retry-after": String(retryAfter) } }
    : answer;
}

function scimTypeOf(code: ErrorCode, reason: string): string | undefined {
  if (code === "invalid") return scimTypes.includes(reason) ? reason : "invalidValue";
  return reason === "taken" ? "uniqueness" : undefined;
}

export function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  if (body === undefined) {
    response.writeHead(status, headers);
    response.end();
    return;
  }
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    ...headers,
    "content-type": "application/scim+json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
