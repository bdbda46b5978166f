import { type Guesser, guesserLimits } from "#lib/passwords/schema.ts";

let guesser: Promise<Guesser> | undefined;

/** The same estimator as the server's, loaded when the first character of a new password is typed. */
export function loadGuesser(): Promise<Guesser> {
  guesser ??= load();
  return guesser;
}

async function load(): Promise<Guesser> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
  ]);
  const estimator = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    ...guesserLimits,
  });
  const commonest = new Set(common.dictionary["passwords-common"]);
  return {
    check: (password, words) => estimator.check(password, words),
    isCommon: (password) => commonest.has(password),
  };
}
