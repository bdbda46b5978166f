/** Where an assignment came from: what an administrator gave, and what the product's own steps did. */
export type Source = "local" | "setup" | "sign-up" | "elevation" | "request";

/** For a time and a task, on top of what somebody holds for their work. */
export const temporarySources = ["elevation", "request"];

/** Edited here, by whoever manages users. Everything else belongs to what it came from. */
const editable = ["local", "setup", "sign-up", "import"];

export const isTemporary = (source: string): boolean => temporarySources.includes(source);
export const isEditable = (source: string): boolean => editable.includes(source);
