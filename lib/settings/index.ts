export { getRegistration, registrationOf, saveRegistration } from "./registration.ts";
