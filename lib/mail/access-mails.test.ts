import { expect, test } from "vitest";
import { decisionMail, requestMail } from "./index.ts";

const endsAt = new Date("2026-11-30T17:00:00Z");

test("T11: approvers are told who asks for what, until when and why; the requester what became of it", () => {
  const asked = requestMail({
    to: "adam@example.com",
    username: "jane",
    role: "Host manager",
    reason: "Patch the mail hosts",
    endsAt,
    link: undefined,
  });
  expect(asked).toMatchObject({ to: "adam@example.com", subject: "jane asks for access" });
  expect(asked.text).toContain("jane asks for the role Host manager until November 30, 2026 at 17:00 UTC.");
  const narrowed = { to: "a@example.com", username: "jane", role: "Host manager", place: "Night shift" };
  expect(requestMail({ ...narrowed, reason: "Patch", endsAt, link: undefined }).text).toContain(
    "jane asks for the role Host manager in Night shift until November 30, 2026 at 17:00 UTC.",
  );
  expect(asked.text).toContain("Reason: Patch the mail hosts");

  const answer = {
    to: "jane@example.com",
    username: "jane",
    role: "Host manager",
    decidedBy: "adam",
    note: "",
  };
  const link = "https://console.example.com/account/access";
  const granted = decisionMail({ ...answer, granted: true, endsAt, link });
  expect(granted.text).toContain(
    "adam granted your request: you hold the role Host manager until November 30, 2026",
  );
  expect(granted.text).toContain(link);
  expect(granted.text).not.toContain("Note:");
  const refusal = decisionMail({ ...answer, granted: false, note: "ask Kim", link: undefined });
  expect(refusal.text).toContain("adam refused your request for the role Host manager.");
  expect(refusal.text).toContain("Note: ask Kim");
});
