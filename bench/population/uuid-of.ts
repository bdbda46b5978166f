/** SQL of a UUID (version 8) that a text always makes: what asks for a UUID takes no other 32 digits. */
export const uuidOf = (text: string): string =>
  `overlay(overlay(md5(${text}) PLACING '8' FROM 13 FOR 1) PLACING '8' FROM 17 FOR 1)::uuid`;
