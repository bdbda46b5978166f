import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "#lib/web/auth-options.ts";
import { requestFacts } from "#lib/web/request.ts";
import { testAnswer } from "#lib/web/test-answer.ts";

/** What of next-auth is open. Sessions are ours alone, so it neither tells about them nor ends them. */
const open = new Set(["callback", "csrf", "providers", "signin", "error"]);

async function handle(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const { nextauth } = await context.params;
  if (!open.has(nextauth[0] ?? "")) return new Response(null, { status: 404 });
  const test = await testAnswer(request.nextUrl, nextauth);
  if (test) return test;
  return NextAuth(request, context, authOptions((await requestFacts()).secure));
}

export { handle as GET, handle as POST };
