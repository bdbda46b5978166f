/** Where an assignment came from: what an administrator gave, what the product's own steps did, what an identity provider said. */
export type Source = "local" | "setup" | "sign-up" | "elevation" | "request" | SyncSource;

/** Claims at a sign-in, or groups that the provider brings. */
export type SyncSource = "idp" | "scim";

/** For a time and a task, on top of what somebody holds for their work. */
export const temporarySources = ["elevation", "request"];

/**
 * Edited here, by whoever manages users. Everything else belongs to what it came from.
 * What an identity provider gave is theirs to edit again once it gives no more: while it does, nothing is edited at all.
 */
const editable = ["local", "setup", "sign-up", "import", "idp", "scim"];

export const isTemporary = (source: string): boolean => temporarySources.includes(source);
export const isEditable = (source: string): boolean => editable.includes(source);
