import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import type { Engine } from "./law.ts";
import type { Mutant } from "./mutant.ts";

const folder = join(import.meta.dirname, "..");
const entry = [
  "api-access",
  "beyond",
  "check",
  "compile",
  "covers",
  "decide",
  "effective",
  "explain-role-expression",
  "ranks",
  "redundant",
  "role-expression",
  "who-can",
  "window-covers",
  "with-role",
];

/** The engine with that mistake in it, bundled in memory. */
export async function engineWith([title, file, text, wrong]: Mutant): Promise<Engine> {
  const sound = readFileSync(join(folder, file), "utf8");
  if (sound.split(text).length !== 2) throw new Error(`"${title}" no longer finds its place in ${file}`);
  const { outputFiles } = await build({
    stdin: { contents: entry.map((name) => `export * from "./${name}.ts";`).join("\n"), resolveDir: folder },
    bundle: true,
    write: false,
    format: "esm",
    plugins: [
      {
        name: "mutant",
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) =>
            basename(path) === file ? { contents: sound.replace(text, wrong), loader: "ts" } : undefined,
          );
        },
      },
    ],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
}
