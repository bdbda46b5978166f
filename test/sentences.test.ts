import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectFolder } from "#server/project-folder.ts";
import { operations } from "./operations.ts";
import { sentencesIn } from "./sentences-in.ts";

/**
 * Sentences of the console will be reworded and translated. So a test asks for the reason, the rule, the operation and
 * the names in a sentence; only a test about the words themselves spells them out.
 */

/** Words of the products that the catalogues are taken from, kept character by character. */
const pinned = [
  "User created successfully",
  "User signup is currently disabled",
  "Cannot change your own role",
  "Cannot delete role: users are assigned to it",
  "Cannot modify built-in role permissions",
  "Cannot modify a user with a higher-privilege role",
  "You do not have permission to assign the role:",
  "Cannot delete the last superadmin user",
  "Cannot delete the last admin user",
  "Cannot remove manage_users permission from the last user who has it",
  "Cannot reset password for inactive user",
];

/** What others say: scopes of OpenID Connect. */
const foreign = ["openid email profile groups"];

/** Files with tests about wording, and how many sentences they spell out at most. */
const aboutWords: Record<string, { most: number; why: string }> = {
  "lib/access/check-catalogue.test.ts": {
    most: 12,
    why: "mistakes in a catalogue, as its author reads them",
  },
  "lib/catalogue/parse-catalogue.test.ts": {
    most: 21,
    why: "mistakes in a catalogue, as its author reads them",
  },
  "lib/accounts/protection-mails.test.ts": { most: 10, why: "mails" },
  "lib/mail/access-mails.test.ts": { most: 6, why: "mails" },
  "lib/mail/send-mail.test.ts": { most: 1, why: "mails" },
};

const folders = ["app", "bench", "catalogues", "components", "e2e", "lib", "scripts", "server", "test"];

function testFiles(folder: string): string[] {
  return readdirSync(join(projectFolder, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : testFiles(path);
    return /\.(?:test|spec)\.tsx?$/.test(path) || /^(?:e2e|test)\/.+\.ts$/.test(path) ? [path] : [];
  });
}

const names = new Set(operations.map(({ name }) => name));
const isProduct = ({ text }: { text: string }) =>
  !names.has(text) && !foreign.includes(text) && !pinned.some((words) => text.includes(words));

/** The sentences of the console that a file spells out, as `line: text`. */
const spelledOut = (file: string) =>
  sentencesIn(readFileSync(join(projectFolder, file), "utf8"), file)
    .filter(isProduct)
    .map(({ line, text }) => `${line}: ${text.replaceAll(/\n+/g, "…")}`);

test("no test spells a sentence of the console out, but those about wording", () => {
  const found = folders.flatMap(testFiles).flatMap((file) => {
    const sentences = spelledOut(file);
    return sentences.length > (aboutWords[file]?.most ?? 0) ? [{ file, sentences }] : [];
  });
  expect(found, "assert the reason, the rule, or what the sentence names").toEqual([]);
});

describe("a sentence is found", () => {
  const said = (source: string) => sentencesIn(source).map(({ text }) => text);

  test.each([
    'expect(told).toBe("There is no such user.")',
    "expect(told).toMatch(/^There is no such user/)",
    `expect(told).toContain(\`There is no such user: \${name}\`)`,
    'expect(told).toEqual([expect.stringContaining("There is no such user")])',
    'await expect(page.getByText("There is no such user")).toBeVisible()',
    'await refused(command, call, input, { reason: "x", message: /There is no such user/ })',
  ])("%s", (source) => expect(said(source)).toHaveLength(1));
});

describe("no sentence is found in", () => {
  test.each([
    ["a reason", 'expect(error).toMatchObject({ reason: "user_not_found" })'],
    [
      "a control's name",
      'await expect(page.getByRole("button", { name: "Give them another role" })).toBeVisible()',
    ],
    ["names with gaps", "expect(told).toMatch(/jane.*Host manager.*until/)"],
    [
      "what the test put in",
      'give("for the long night shift"); expect(row).toBe("for the long night shift")',
    ],
    ["what is sent", 'await refused(command, call, { password: "walk by the sea" }, bad)'],
    ["a list of labels", 'expect(told).toBe("Rule read, Rule write, Node read")'],
  ])("%s", (_what, source) => expect(sentencesIn(source)).toEqual([]));
});
