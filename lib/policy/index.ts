export {
  currentPolicy,
  forgetPolicy,
  policyChanged,
  policyOfVersion,
  policySource,
  presentPolicy,
} from "./load-policy.ts";
