export { type ExpressionPreview, explainExpression } from "./explain-expression.ts";
export { unknownEntries, unknownWords } from "./expressible.ts";
export { resolveExpression } from "./resolve.ts";
