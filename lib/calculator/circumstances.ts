import type { Attribute, Attributes, AttributeValue, Question, Resource } from "#lib/access/index.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { instantOf } from "./instant.ts";
import type { Circumstances } from "./schema.ts";

/** A question but for its subject and permission; the resource may be "their own", whoever they are. */
export interface Asked {
  at: number;
  resource(subjectId: string): Resource | undefined;
  action: Question["action"];
  context: Attributes | undefined;
  /** What somebody who does not exist would be like. */
  subject: Attributes | undefined;
}

/** @param now the instant of the request, which is asked about unless another is named */
export function askedOf(given: Circumstances, attributes: readonly Attribute[], now: number): Asked {
  const at = given.at ? instantOf(given.at, given.zone) : now;
  if (at === undefined) {
    const message = "This is no date and time: 2026-11-22T10:30.";
    throw new AppError("invalid", "invalid_input", message, { fields: { at: [message] } });
  }
  const of = (whose: Attribute["of"]): Attributes | undefined => {
    const found = attributes
      .filter((attribute) => attribute.of === whose)
      .flatMap((attribute) => {
        const own = Object.hasOwn(given.values, attribute.key) ? given.values[attribute.key] : undefined;
        const texts = own?.filter((text) => text !== "") ?? [];
        return texts.length > 0
          ? [[attribute.key, attributeValue(attribute, texts, given.zone)] as const]
          : [];
      });
    return found.length > 0 ? Object.fromEntries(found) : undefined;
  };
  const action = of("action");
  return {
    at,
    resource: resourceOf(given, of("resource")),
    action: action && { attributes: action },
    context: of("context"),
    subject: of("subject"),
  };
}

function resourceOf(given: Circumstances, attributes: Attributes | undefined): Asked["resource"] {
  const { type, id, organization, team, own, assigned } = given;
  const named = type ?? id ?? organization ?? team ?? own ?? assigned ?? attributes;
  if (named === undefined) return () => undefined;
  return (subjectId) => ({
    type,
    id,
    organization,
    team,
    attributes,
    owner: own && subjectId,
    assignees: assigned && [subjectId],
  });
}

/** What cannot be read stays text: no test of a number or an instant passes it. */
function attributeValue(
  attribute: Attribute,
  texts: readonly string[],
  zone: string | undefined,
): AttributeValue {
  const values = texts.map((text) => {
    if (attribute.kind === "number" && text.trim() !== "" && Number.isFinite(Number(text)))
      return Number(text);
    return attribute.kind === "instant" ? (instantOf(text, zone) ?? text) : text;
  });
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}
