import { z } from "zod";
import { type Attributes, listOf, textOf, withStandardNames } from "./attributes.ts";
import { invalid } from "./invalid.ts";

const standard = ["schemas", "id", "externalId", "meta", "displayName", "members"];

/** A larger group is several: every member of it may cost a sync of roles, all in one transaction. */
const mostMembers = 1000;

export interface GroupDocument {
  name: string;
  externalId: string | undefined;
  /** Ids of users, each once. */
  members: string[];
}

export function readGroup(sent: Attributes): GroupDocument {
  const group = withStandardNames(sent, standard);
  const name = textOf(group, "displayName", 255)?.trim();
  if (!name) throw invalid("invalidValue", "A group needs a displayName.");
  const members = [...new Set(listOf(group, "members").map(memberId))];
  if (members.length > mostMembers)
    throw invalid("invalidValue", `A group has at most ${mostMembers.toLocaleString("en-GB")} members.`);
  return { name, externalId: textOf(group, "externalId"), members };
}

function memberId(member: Attributes): string {
  const { value } = withStandardNames(member, ["value"]);
  const id = z.uuid().safeParse(value);
  if (!id.success) throw unknownMember(value);
  return id.data.toLowerCase();
}

/** Only people are members: a group within a group would have to be followed to know who holds what. */
export const unknownMember = (value: unknown) =>
  invalid("invalidValue", `This provider has brought no user with the id ${String(value).slice(0, 100)}.`);
