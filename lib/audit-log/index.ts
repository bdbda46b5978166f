export { deleteMonths } from "./delete-months.ts";
export { type AuditMonth, listMonths } from "./list-months.ts";
export { listMonthsBefore, type MonthsBefore } from "./list-months-before.ts";
