import { places, spelledPlainly } from "../../lib/demo/names.ts";

/** One person in a thousand has it as their last name. */
export const rareWord = "quackenbush";
/** One person in fifty. */
export const broadWord = "castellano";
/** One person in a hundred or so: the first of the last names to draw from. */
export const commonWord = spelledPlainly(places[0]?.family[0] ?? "");
/** One in a hundred, all of them at the end of the alphabet. */
export const lateWord = "zzyta";
/** All people. */
export const everywhere = "example.com";
/** A role of one person in 500. */
export const rareRole = "night_watch";
/** A role of one person in three. */
export const broadRole = "readonly";
/** The password of all people. */
export const password = "a long walk by the harbour";
