import { places, spelledPlainly } from "./names.ts";
import type { Random } from "./random.ts";

export const day = 24 * 60 * 60_000;
/** How long ago the installation was set up, in days. */
const age = 400;

export interface Department {
  domain: string;
  /** Of a hundred people. */
  share: number;
  /** Second number of the office's addresses. */
  office: number;
  /** Its people come for a time. */
  contracts?: boolean;
}

const departments: readonly Department[] = [
  { domain: "example.com", share: 44, office: 20 },
  { domain: "engineering.example.com", share: 26, office: 31 },
  { domain: "support.example.com", share: 18, office: 42 },
  { domain: "contractors.example.org", share: 12, office: 77, contracts: true },
];

export interface DemoPerson {
  id: string;
  username: string;
  email: string;
  givenName: string;
  familyName: string;
  department: Department;
  createdAt: Date;
  address: string;
}

/** Everybody, the earliest first; the first one set the installation up. Names are unique. */
export function drawPeople(random: Random, at: Date, count: number): DemoPerson[] {
  const begun = at.getTime() - age * day;
  const joined = Array.from({ length: count }, (_, index) => {
    if (index === 0) return begun;
    // Most came when the console was introduced, the first dozen in its first days.
    if (index < 12) return begun + (index / 4 + random.next() / 8) * day;
    return begun + (random.chance(0.55) ? 5 + random.next() * 30 : 35 + random.next() * (age - 37)) * day;
  });
  const taken = new Set<string>();
  return joined
    .sort((a, b) => a - b)
    .map((instant) => drawPerson(random, inWorkingHours(random, new Date(instant)), taken));
}

function drawPerson(random: Random, createdAt: Date, taken: Set<string>): DemoPerson {
  const { given, family } = random.pick(places);
  const givenName = random.pick(given);
  const familyName = random.pick(family);
  const department = random.weighted(departments, ({ share }) => share);
  const wanted = `${spelledPlainly(givenName)}.${spelledPlainly(familyName)}`;
  let username = wanted;
  for (let number = 2; taken.has(username); number += 1) username = `${wanted}${number}`;
  taken.add(username);
  return {
    id: random.id(createdAt),
    username,
    email: `${username}@${department.domain}`,
    givenName,
    familyName,
    department,
    createdAt,
    address: `10.${department.office}.${random.below(8)}.${10 + random.below(240)}`,
  };
}

/** The same day between six and half past four, universal time. */
export function inWorkingHours(random: Random, instant: Date): Date {
  const midnight = Math.floor(instant.getTime() / day) * day;
  return new Date(midnight + Math.floor((6 + random.next() * 10.5) * 60 * 60_000));
}
