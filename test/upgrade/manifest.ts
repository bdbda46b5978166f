import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "#server/project-folder.ts";
import type { Answers } from "./answers.ts";

/** Somebody of a recorded installation, with everything that they sign in with. All of it is made up for tests. */
export interface Account {
  id: string;
  username: string;
  password?: string | undefined;
  /** Deactivated: nothing of all this lets them in. */
  inactive?: boolean | undefined;
  /** Of the authenticator app. */
  totpSecret?: string | undefined;
  recoveryCodes?: string[] | undefined;
  /** What a trusted browser keeps instead of a second factor. */
  device?: string | undefined;
  /** Tokens of sessions that were live at the end of the story: the value of the cookie. */
  sessions: string[];
  /** Tokens of sessions that had ended by then. */
  ended: string[];
}

/** One installation of a release, as its console left it: a data folder or a dump beside this description. */
export interface Recording {
  release: string;
  commit: string;
  catalogue: string;
  kind: "folder" | "dump";
  /** Of PostgreSQL. */
  version: string;
  recordedAt: string;
  /** BAILIWICK_SECRET of a dump; a data folder holds its own. */
  secret?: string | undefined;
  /** Whoever set the installation up. */
  owner: string;
  accounts: Account[];
  /** Of the provider "company", which has it sealed. */
  clientSecret: string;
  /** Of provisioning, with one user that it brought. */
  scim: { token: string; expired: string; userName: string; id: string };
  /** An unused link for a new password, and whose it is. */
  resetLink: { token: string; username: string };
  /** Pages that the owner reads, and words that stand on them. */
  pages: { path: string; words: string[] }[];
  answers: Answers;
}

const fixtures = join(projectFolder, "test", "upgrade");

export interface Recorded {
  /** Such as `0.1/patchmon-folder`. */
  name: string;
  recording: Recording;
  /** The data folder or dump. */
  file: string;
  /** What a later release means to answer otherwise, with the reason. */
  changes: Changes;
}

/** Per recording or for all of a release: what differs from the recorded answers on purpose. */
export interface Changes {
  /** Tables that a migration rewrites or drops, or that another release's catalogue writes. */
  tables: Record<string, string>;
  /** Permissions whose answers changed, for everybody or as `username: permission`. */
  access: Record<string, string>;
  /** Pages that moved or no longer say these words. */
  pages: Record<string, string>;
}

/** Every recording of every release, the oldest first. */
export function recordings(): Recorded[] {
  const releases = readdirSync(fixtures, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
    .map(({ name }) => name)
    .sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  return releases.flatMap((release) => {
    const folder = join(fixtures, release);
    const changes = JSON.parse(readFileSync(join(folder, "changes.json"), "utf8")) as Changes;
    return readdirSync(folder)
      .filter((file) => /-(?:folder|dump)\.json$/.test(file))
      .sort()
      .map((file) => {
        const recording = JSON.parse(readFileSync(join(folder, file), "utf8")) as Recording;
        const name = file.replace(/\.json$/, "");
        const ending = recording.kind === "folder" ? "tar.br" : "sql.br";
        return { name: `${release}/${name}`, recording, file: join(folder, `${name}.${ending}`), changes };
      });
  });
}
