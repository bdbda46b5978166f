/** Whether a field of this name holds what is never sent back: a password, a code, a token. */
export const isSecretField = (name: string): boolean => /password|token|secret|code/i.test(name);
