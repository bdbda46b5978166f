export { currentPolicy, policyChanged, policyOfVersion, policySource } from "./load-policy.ts";
