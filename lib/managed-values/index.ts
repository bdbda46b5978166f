export { type FoundValue, findValues, viewGroup, viewValue } from "./find-values.ts";
export { addGroup, deleteGroup, editGroup } from "./groups.ts";
export { type GroupPage, type GroupRow, listGroups } from "./list-groups.ts";
export { listValues, type ValuePage, type ValueRow } from "./list-values.ts";
export { managedLists } from "./managed-attribute.ts";
export { addValue, deleteValue, editValue } from "./values.ts";
