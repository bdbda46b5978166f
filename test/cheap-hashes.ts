/**
 * Stands in for @node-rs/argon2 in tests whose subject is not hashing (vitest.config.ts): a key derivation made to be
 * slow would be half of what they do. A hash says what it was made with, as argon2's does, and then the password in
 * plain sight. All around it is the product's own.
 */
if (!process.env.VITEST)
  throw new Error("test/cheap-hashes.ts keeps passwords readable: it is for tests only.");

interface Cost {
  memoryCost: number;
  timeCost: number;
  parallelism: number;
}

const shape = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$c2FsdA\$([\w-]*)$/;

function read(stored: string): RegExpExecArray {
  const parts = shape.exec(stored);
  if (!parts) throw new Error("This is no hash.");
  return parts;
}

export const hash = async (password: string, { memoryCost, timeCost, parallelism }: Cost): Promise<string> =>
  `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$c2FsdA$${Buffer.from(password).toString("base64url")}`;

export const verify = async (stored: string, password: string): Promise<boolean> =>
  passwordIn(stored) === password;

export function parseOptions(stored: string) {
  const [, memoryCost, timeCost, parallelism] = read(stored).map(Number);
  return { algorithm: 2, memoryCost, timeCost, parallelism };
}

/** The password that a hash was made of. */
export const passwordIn = (stored: string): string =>
  Buffer.from(read(stored)[4] ?? "", "base64url").toString();
