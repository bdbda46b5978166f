import { expect, test } from "vitest";
import { clientReader } from "./client-address.ts";

function ask(trusted: string[], remoteAddress: string, headers: Record<string, string> = {}) {
  const request = { socket: { remoteAddress }, headers: { host: "direct.example", ...headers } };
  return clientReader(trusted)(request as never);
}

const forwarded = {
  "x-forwarded-for": "203.0.113.7, 10.0.0.9",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "console.example",
};

test("a stranger's forwarded headers count for nothing", () => {
  expect(ask([], "127.0.0.1", forwarded)).toEqual({
    address: "127.0.0.1",
    scheme: "http",
    host: "direct.example",
  });
  expect(ask(["10.0.0.0/8"], "192.0.2.1", forwarded).address).toBe("192.0.2.1");
});

test("a trusted proxy is believed, up to the first hop that nobody vouches for", () => {
  expect(ask(["loopback"], "127.0.0.1", forwarded)).toEqual({
    address: "10.0.0.9",
    scheme: "https",
    host: "console.example",
  });
  expect(ask(["loopback", "10.0.0.0/8"], "::ffff:127.0.0.1", forwarded).address).toBe("203.0.113.7");
});

test("an invented address in front of the real one changes nothing", () => {
  const headers = { "x-forwarded-for": "1.1.1.1, 203.0.113.7" };
  expect(ask(["loopback"], "127.0.0.1", headers).address).toBe("203.0.113.7");
});

test("rubbish is never an address", () => {
  for (const rubbish of ["<script>", "unknown", "a, b", "999.1.1.1", ""]) {
    expect(ask(["loopback"], "127.0.0.1", { "x-forwarded-for": rubbish }).address).toBe("127.0.0.1");
  }
});

test("ports, brackets and mapped addresses are taken off", () => {
  expect(ask(["loopback"], "::1", { "x-forwarded-for": "203.0.113.7:4711" }).address).toBe("203.0.113.7");
  expect(ask(["loopback"], "::1", { "x-forwarded-for": "[2001:db8::1]:4711" }).address).toBe("2001:db8::1");
  expect(ask([], "::ffff:203.0.113.7").address).toBe("203.0.113.7");
});
