import { describe, expect, test } from "vitest";
import { beyondJoining, type Limit, type Place } from "./index.ts";
import { full, holding, limited, noon, policyOf, role } from "./reference/examples.ts";

const team: Limit = { scope: "team", where: [] };
const organization: Limit = { scope: "organization", where: [] };
const some: Limit = { scope: "team", where: [{ attribute: "source", test: "in", values: ["eu"] }] };
const red: Place = { scope: "team", id: "red" };
const night = { days: [1], from: "01:00", to: "01:15", timeZone: "UTC" };

const policy = policyOf(
  ["read", "write"],
  [
    role("member", { grants: [limited("read", team)] }),
    role("narrow", { grants: [limited("read", some)] }),
    role("tenant", { grants: [limited("read", organization), limited("write", organization)] }),
    role("everywhere", { grants: full("read") }),
    role("nightly", { window: night, grants: [limited("write", team)] }),
    role("heir", { inherits: ["nightly"] }),
    role("owner", { superuser: true, inherits: ["member"] }),
  ],
);
const beyond = (giver: string, newcomer: string, place = red, teams: string[] = []) =>
  beyondJoining(policy, { ...holding(giver), teams }, holding(newcomer), place, noon);

describe("what a newcomer would come to reach beyond the one who adds them", () => {
  test("is what the place's limited grants give, and nothing that they hold everywhere already", () => {
    expect(beyond("narrow", "member")).toEqual(["read"]);
    expect(beyond("narrow", "everywhere")).toEqual([]);
    expect(beyond("narrow", "owner")).toEqual([]);
    expect(beyond("narrow", "tenant")).toEqual([]);
    expect(beyond("member", "tenant", { scope: "organization", id: "acme" })).toEqual(["read", "write"]);
  });

  test("is nothing that the giver holds there at least as widely, or everywhere", () => {
    expect(beyond("member", "member", red, ["blue"])).toEqual(["read"]);
    expect(beyond("member", "member", red, ["red"])).toEqual([]);
    expect(beyond("member", "narrow", red, ["red"])).toEqual([]);
    expect(beyond("narrow", "member", red, ["red"])).toEqual(["read"]);
    expect(beyond("everywhere", "member")).toEqual([]);
    expect(beyond("owner", "tenant", { scope: "organization", id: "acme" })).toEqual([]);
  });

  test("counts what roles give at other hours, and what they inherit", () => {
    expect(beyond("member", "heir", red, ["red"])).toEqual(["write"]);
  });

  test("is asked of a giver who holds it for a time only, unless the newcomer has it no longer", () => {
    const until = (subject: ReturnType<typeof holding>, end: number) => ({
      ...subject,
      assignments: subject.assignments.map((assignment) => ({ ...assignment, end })),
    });
    const giver = until({ ...holding("member"), teams: ["red"] } as ReturnType<typeof holding>, noon + 1000);
    expect(beyondJoining(policy, giver, holding("member"), red, noon)).toEqual(["read"]);
    expect(beyondJoining(policy, giver, until(holding("member"), noon + 1000), red, noon)).toEqual([]);
  });

  test("passes over assignments that are narrowed elsewhere or over, not those still to begin", () => {
    const of = (more: object) => ({
      ...holding("member"),
      assignments: [{ id: "a", role: "member", ...more }],
    });
    const joins = (more: object) => beyondJoining(policy, holding("narrow"), of(more), red, noon);
    expect(joins({ team: "blue" })).toEqual([]);
    expect(joins({ team: "red" })).toEqual(["read"]);
    expect(joins({ end: noon })).toEqual([]);
    expect(joins({ end: noon + 1 })).toEqual(["read"]);
    expect(joins({ start: noon + 86_400_000 })).toEqual(["read"]);
  });
});
