import type { NextRequest } from "next/server";
import { arriveFromProvider } from "#lib/web/arrive-from-provider.ts";
import { isConfiguredCallback } from "#lib/web/configured-callback.ts";

/** The callback of PatchMon, for a provider that knows this console by that address: OIDC_REDIRECT_URI says so. */
export async function GET(request: NextRequest): Promise<Response> {
  const { pathname, searchParams } = request.nextUrl;
  if (!(await isConfiguredCallback("oidc", pathname))) return new Response(null, { status: 404 });
  return arriveFromProvider("oidc", searchParams);
}
