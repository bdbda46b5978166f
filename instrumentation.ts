import type { Instrumentation } from "next";
import { logFailure } from "#lib/web/failure.ts";

/** Next calls this for whatever a page, an action or one of its routes threw and did not handle. */
export const onRequestError: Instrumentation.onRequestError = (error, request, { routeType, routePath }) => {
  logFailure(error, {
    where: routeType !== "render" ? routeType : request.method === "POST" ? "action" : "page",
    route: patternOf(routePath),
    method: request.method,
    requestId: request.headers["x-bailiwick-request-id"],
  });
};

/** `/settings/users` of `/(console)/settings/users/page`: what stands in the address. */
const patternOf = (routePath: string) => routePath.replace(/\/\([^)]*\)|\/(page|route)$/g, "") || "/";
