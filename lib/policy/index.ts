export { currentPolicy, forgetPolicy, policyChanged, policyOfVersion, policySource } from "./load-policy.ts";
