export { currentPolicy, loadPolicy, policyChanged, policyOfVersion } from "./load-policy.ts";
