export { currentPolicy, policyChanged, policyOfVersion } from "./load-policy.ts";
