export { orderOf, type Position, pageOf, positionOf } from "./keyset.ts";
export { instantColumn, type SortColumn, textColumn } from "./sort-columns.ts";
export { wordCondition } from "./word-condition.ts";

/** Matches are counted up to here; beyond, the page says "more than". */
export const countCap = 10_000;
