/**
 * Stands in for argon2: a key derivation made to be slow would be all that a hundred thousand operations do.
 * The rules do not look at hashes: here one is the password with words before it. All around it is the product's own.
 */
const words = "a hash of ";

export const hash = async (password: string): Promise<string> => words + password;
export const verify = async (stored: string, password: string): Promise<boolean> =>
  stored === words + password;
export const parseOptions = () => ({ algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
