import { testFiles } from "./test-files.mjs";

const parts = ["lint", "unit", "e2e"];

/**
 * What `npm test -- ...` was asked for: parts, and test files by their path, a folder or a piece of their name.
 * Nothing said is all parts; a part that is asked for runs whole, whatever files are named beside it.
 * @returns {{ asked: Set<string>, unitPaths: string[], browserPaths: string[] }}
 * @throws Error that names what would be accepted
 */
export function readAsked(words, files = testFiles()) {
  const asked = new Set(words.length > 0 ? words.filter((word) => parts.includes(word)) : parts);
  const named = words.filter((word) => !parts.includes(word)).map((word) => [word, matching(word, files)]);
  const unknown = named.find(([, paths]) => paths.length === 0);
  if (unknown) throw new Error(refusal(unknown[0]));
  const paths = [...new Set(named.flatMap(([, found]) => found))];
  const isBrowser = (path) => path.endsWith(".spec.ts");
  return {
    asked,
    unitPaths: asked.has("unit") ? [] : paths.filter((path) => !isBrowser(path)),
    browserPaths: asked.has("e2e") ? [] : paths.filter(isBrowser),
  };
}

/** A file or a folder by its whole path; otherwise whatever has this piece in its path. */
function matching(word, files) {
  const path = word.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/$/, "");
  const exact = files.filter((file) => file === path || file.startsWith(`${path}/`));
  return exact.length > 0 ? exact : files.filter((file) => file.includes(path));
}

const refusal = (word) =>
  `No test file matches "${word}". Name a part (${parts.join(", ")}), a test file (lib/users/ranks.test.ts, ` +
  "e2e/registration.spec.ts), a folder with tests (lib/users) or a piece of a path (ranks).";
