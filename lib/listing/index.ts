export { countCap, loadPage, orderOf, type Position, pageOf, positionOf } from "./keyset.ts";
export { fewWords, searchWords } from "./search-words.ts";
export { instantColumn, type SortColumn, textColumn } from "./sort-columns.ts";
export { wordCondition } from "./word-condition.ts";
