import { type Guesser, guesserLimits } from "./schema.ts";

/** The strength estimator with its dictionaries: a megabyte and more, so it is loaded when it is needed. Browser and server use the same. */
export async function loadGuesser(): Promise<Guesser> {
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
