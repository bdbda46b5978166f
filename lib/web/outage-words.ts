export { outageWords } from "#lib/kernel/outage-words.ts";
