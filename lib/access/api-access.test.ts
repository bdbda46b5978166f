import { describe, expect, test } from "vitest";
import { type ApiAccess, apiReach, permitsCall } from "./index.ts";
import { holding, noon, policyOf, role } from "./reference/examples.ts";

const reachOf = (...access: ApiAccess[]) => {
  const roles = access.map((api, index) => role(`r${index}`, { api }));
  return apiReach(policyOf([], roles), holding(...roles.map(({ key }) => key)), noon);
};

test("T13 (engine) the most generous role wins, endpoints add up", () => {
  expect(reachOf("none")).toEqual({ full: false, read: false, endpoints: [] });
  expect(reachOf("none", "read_only", "full")).toEqual({ full: true, read: true, endpoints: [] });
  const reach = reachOf({ endpoints: ["POST /hosts"] }, "read_only", {
    endpoints: ["* /users/{id}", "POST /hosts"],
  });
  expect(reach).toEqual({ full: false, read: true, endpoints: ["POST /hosts", "* /users/{id}"] });
});

describe("T13 (engine) a call", () => {
  const reach = reachOf({ endpoints: ["GET /users/{id}/roles", "* /hosts/*", "POST /reports"] });

  test("T13 is permitted at a named endpoint only", () => {
    expect(permitsCall(reach, "GET", "/users/7/roles")).toBe(true);
    expect(permitsCall(reach, "HEAD", "/users/7/roles")).toBe(true);
    expect(permitsCall(reach, "PUT", "/users/7/roles")).toBe(false);
    expect(permitsCall(reach, "GET", "/users/7")).toBe(false);
    expect(permitsCall(reach, "GET", "/users/7/8/roles")).toBe(false);
    expect(permitsCall(reach, "DELETE", "/hosts/1/tags/2")).toBe(true);
    expect(permitsCall(reach, "DELETE", "/hosts")).toBe(false);
    expect(permitsCall(reach, "POST", "/reports")).toBe(true);
    expect(permitsCall(reach, "POST", "/reportsX")).toBe(false);
  });

  test("T13 cannot climb out of an endpoint by its path", () => {
    for (const path of [
      "/hosts/../users",
      "/hosts/%2e%2e/users",
      "/hosts/..%2fusers",
      "/hosts/..\\users",
      "hosts/1",
      "",
    ])
      expect(permitsCall(reach, "GET", path)).toBe(false);
  });

  test("T13 by a reader reads only", () => {
    const reader = reachOf("read_only");
    expect(
      ["GET", "HEAD", "POST", "DELETE", "OPTIONS"].map((method) => permitsCall(reader, method, "/x")),
    ).toEqual([true, true, false, false, false]);
  });
});
