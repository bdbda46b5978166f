export { deleteMonths } from "./delete-months.ts";
export { type AuditMonth, listMonths } from "./list-months.ts";
