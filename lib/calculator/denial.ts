import { type Denial, type Dormant, describeLimit, type LimitFailure } from "#lib/access/index.ts";
import type { Nearest } from "./answer.ts";
import { instantWords } from "./instant-words.ts";
import type { Question } from "./question.ts";
import { stepsOf, trailWords } from "./steps.ts";

const sentences: Record<Denial["kind"], string> = {
  unknown_permission: "there is no permission of this name",
  invalid_instant: "this is no instant that a clock could show",
  inactive: "the account is deactivated, so that nothing it holds counts",
  no_roles: "no role is held",
  blocked: "a role that is held takes every right away",
  no_active_assignment: "no role that is held counts at this instant",
  limit_failed: "what is granted is limited, and this resource is beyond the limits",
  excepted: "the superuser role that is held leaves this permission out",
  not_granted: "no role that counts at this instant grants it",
};

export const denialWords = ({ kind }: Denial): string => sentences[kind];

/** What comes nearest to an allow: the next opening, the limit that failed, the role that blocks. */
export function nearestOf(denial: Denial, permission: string, question: Question): Nearest[] {
  const { names } = question;
  switch (denial.kind) {
    case "blocked":
      return [
        {
          reason: denial.kind,
          words: `${trailWords({ assignment: denial.assignment, roles: denial.roles }, names)} takes every right from whoever holds it, whatever other roles give.`,
        },
      ];
    case "no_active_assignment":
    case "not_granted":
      return soonestFirst(denial.dormant).map((dormant) => dormantWords(dormant, question));
    case "limit_failed":
      return denial.failures.map((failure) => ({
        reason: denial.kind,
        ...whatFailed(failure, question),
        words: `${trailWords(failure, names)} gives it only ${limitWords(failure, question)}: ${failedPart(failure, question)}.`,
        steps: stepsOf(failure, permission, question),
      }));
    case "excepted":
      return denial.paths.map((path) => ({
        reason: denial.kind,
        words: `${trailWords(path, names)} holds everything else.`,
      }));
    default:
      return [];
  }
}

const soonestFirst = (dormant: readonly Dormant[]) =>
  dormant.toSorted((one, other) => (one.begins ?? Infinity) - (other.begins ?? Infinity));

const whys: Record<Dormant["why"], string> = {
  before: "has not begun yet",
  after: "has ended",
  closed: "is outside its allowed hours",
  invalid: "has times that cannot be reckoned",
};

function dormantWords({ assignment, role, why, begins }: Dormant, { names, held }: Question): Nearest {
  const hours = held.find(({ id }) => id === assignment)?.hours ?? [];
  const allowed = why === "closed" && hours.length > 0 ? ` (${hours.join("; ")})` : "";
  const words = `${names.role(role)} ${whys[why]}${allowed}.`;
  return { reason: why, words, ...(begins !== undefined && { begins: new Date(begins) }) };
}

const limitWords = ({ limit }: LimitFailure, { catalogue, names }: Question): string =>
  describeLimit(limit, catalogue.attributes, names.limits);

/** Its scope, or the attribute of its condition, and whether the question says anything about that. */
function whatFailed({ failed }: LimitFailure, question: Question): Pick<Nearest, "failed" | "given"> {
  if ("condition" in failed) {
    const { attribute } = failed.condition;
    return { failed: attribute, given: givenFor(attribute, question) !== undefined };
  }
  const resource = question.asked.resource(question.subject.id);
  const { scope } = failed;
  const given = scope === "organization" || scope === "team" ? resource?.[scope] : resource;
  return { failed: scope, given: given !== undefined };
}

/** What the question says of an attribute. */
function givenFor(key: string, { subject, asked, catalogue }: Question) {
  const from = {
    subject: subject.attributes,
    action: asked.action?.attributes,
    context: asked.context,
    resource: asked.resource(subject.id)?.attributes,
  };
  return from[catalogue.attributes.find((one) => one.key === key)?.of ?? "resource"]?.[key];
}

/** Which part of the limit failed, with what the question says of it. */
function failedPart({ failed, roles, assignment }: LimitFailure, question: Question): string {
  const { subject, asked, names, catalogue } = question;
  const resource = asked.resource(subject.id);
  if ("scope" in failed) {
    const only = subject.assignments.find(({ id }) => id === assignment);
    switch (failed.scope) {
      case "organization":
        return placeWords("organization", resource?.organization, only?.organization, names.organization);
      case "team":
        return placeWords("team", resource?.team, only?.team, names.team);
      case "personal":
        return resource ? "the resource neither belongs nor is assigned to them" : "nobody is asking";
      default:
        return `a test of ${names.role(roles.at(-1) ?? "")} that nothing can pass`;
    }
  }
  const attribute = catalogue.attributes.find(({ key }) => key === failed.condition.attribute);
  const label = attribute?.label ?? failed.condition.attribute;
  const given = givenFor(failed.condition.attribute, question);
  if (given === undefined) return `${label} is not known, and what is missing does not pass`;
  const shown = [given].flat().map((value) => {
    if (attribute?.kind === "instant" && typeof value === "number") return instantWords(value);
    return names.limits.value?.(failed.condition.attribute, String(value)) ?? String(value);
  });
  return `${label} is ${shown.join(", ")}`;
}

function placeWords(
  kind: "organization" | "team",
  given: string | undefined,
  only: string | undefined,
  name: (id: string) => string,
): string {
  if (given === undefined) return `the resource names no ${kind}`;
  if (only !== undefined)
    return `the assignment counts in ${name(only)} only, and the resource is in ${name(given)}`;
  return `they are not in the ${kind} ${name(given)}`;
}
