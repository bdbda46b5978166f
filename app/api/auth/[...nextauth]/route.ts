import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { arriveFromProvider } from "#lib/web/arrive-from-provider.ts";
import { authOptions } from "#lib/web/auth-options.ts";
import { logUnlessRefusal } from "#lib/web/failure.ts";
import { requestFacts } from "#lib/web/request.ts";

/** What of next-auth is open. Sessions are ours alone, so it neither tells about them nor ends them. */
const open = new Set(["callback", "csrf", "providers", "signin", "error"]);
/** Our own forms. Every other name is an identity provider's, whose way back is a GET. */
const forms = new Set(["credentials", "second-factor", "passkey"]);

/** Whether this is the name of an error, of which next-auth makes an address. */
const isErrorName = (name = ""): boolean => /^\w{0,40}$/.test(name);

const inLog = { where: "route", route: "/api/auth/[...nextauth]" } as const;

async function handle(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const { nextauth } = await context.params;
  const [action = "", name] = nextauth;
  if (!open.has(action)) return new Response(null, { status: 404 });
  if (action === "error" && ![name, ...request.nextUrl.searchParams.getAll("error")].every(isErrorName))
    return new Response(null, { status: 404 });
  if (action === "callback" && name !== undefined && !forms.has(name)) {
    if (request.method !== "GET" || nextauth.length > 2) return new Response(null, { status: 404 });
    return arriveFromProvider(name, request.nextUrl.searchParams);
  }
  if (action === "callback" && request.method !== "POST")
    return new Response(null, { status: 405, headers: { allow: "POST" } });
  const { secure, requestId } = await requestFacts();
  // A refusal is next-auth's to answer; the listener answers for all else.
  const failed = (error: unknown) => logUnlessRefusal(error, { ...inLog, method: request.method, requestId });
  return NextAuth(request, context, authOptions(secure, failed));
}

export { handle as GET, handle as POST };
