import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { describe, expect, test } from "vitest";

/** axe's own arithmetic, so that it says here what it says of a screen. Its types leave it out. */
interface AxeColor {
  parseString(text: string): void;
}
const { Color, getContrast } = (
  axe.commons as unknown as {
    color: { Color: new () => AxeColor; getContrast(ground: AxeColor, text: AxeColor): number };
  }
).color;

/**
 * What each token of globals.css is for. Text may stand on every ground, and what somebody has to see of a control
 * as well, so nothing has to know what lies under it.
 */
const uses = {
  grounds: [
    ...["canvas", "surface", "raised", "sunken", "hover", "pressed"],
    ...["accent-wash", "low-wash", "medium-wash", "elevated-wash", "high-wash"],
  ],
  texts: ["ink", "soft", "mute", "accent", "low", "medium", "elevated", "high"],
  solids: ["accent-solid", "accent-solid-hover", "high-solid", "high-solid-hover"],
  onSolids: ["on-solid"],
  controls: ["edge", "focus"],
  /** Nothing is read by them. */
  ornaments: ["line", "line-strong", "scrim", "scrimmed", "glow"],
};
/** A tooltip is inverted. */
const inverted: [ground: string, text: string] = ["ink", "surface"];

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const stylesheet = read("app/globals.css");
const modes = ["light", "dark"] as const;
const tokens = new Map(
  [...stylesheet.matchAll(/--color-([a-z-]+): ([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
);

/** The colour that a declared value is in light or in dark. */
function colourOf(value: string, mode: (typeof modes)[number]): AxeColor {
  const both = /^light-dark\(\s*(oklch\([^)]*\)),\s*(oklch\([^)]*\))\s*\)$/.exec(value);
  const colour = new Color();
  colour.parseString(both?.[mode === "light" ? 1 : 2] ?? value);
  return colour;
}

function contrast(ground: string, text: string, mode: (typeof modes)[number]): number {
  const [under, over] = [tokens.get(ground), tokens.get(text)];
  if (!under || !over) throw new Error(`globals.css has no colour ${under ? text : ground}.`);
  return getContrast(colourOf(under, mode), colourOf(over, mode));
}

const pairs = (grounds: string[], over: string[]) =>
  grounds.flatMap((ground) => over.map((one): [string, string] => [ground, one]));
const textPairs = [...pairs(uses.grounds, uses.texts), ...pairs(uses.solids, uses.onSolids), inverted];

test("every token of globals.css is for something, and what it is for is a token", () => {
  expect(Object.values(uses).flat().sort()).toEqual([...tokens.keys()].filter((name) => name !== "*").sort());
});

describe.each(modes)("%s", (mode) => {
  test("text has 4.5:1 on every ground", () => {
    const faint = textPairs.filter(([ground, text]) => contrast(ground, text, mode) < 4.5);
    expect(faint).toEqual([]);
  });

  test("what shows a control or the focus has 3:1 on every ground", () => {
    const faint = pairs(uses.grounds, uses.controls).filter(
      ([ground, text]) => contrast(ground, text, mode) < 3,
    );
    expect(faint).toEqual([]);
  });

  test("initials have 4.5:1 on whatever hue", () => {
    const [, ground = "", text = ""] =
      /@utility hue-\* \{\s*background: ([^;]+);\s*color: ([^;]+);/.exec(stylesheet) ?? [];
    expect(text).toContain("--value(integer)");
    const faint = Array.from({ length: 360 }, (_, hue) => hue).filter((hue) => {
      const [under, over] = [ground, text].map((value) =>
        colourOf(value.replaceAll("--value(integer)", String(hue)), mode),
      );
      return under && over && getContrast(under, over) < 4.5;
    });
    expect(faint).toEqual([]);
  });
});

describe("components", () => {
  const sources = globSync("{app,components}/**/*.{ts,tsx}", { cwd: root });
  const literals = sources.flatMap((path) =>
    [...read(path).matchAll(/"[^"\n]*"|`[^`]*`/g)].map(([text]) => ({ path, text })),
  );
  const rules = globSync("{app,components}/**/*.css", { cwd: root }).flatMap((path) =>
    [...read(path).matchAll(/[^{}]*\{[^{}]*\}|[^{};]*:[^{};]*;/g)].map(([text]) => ({ path, text })),
  );
  const known = [...tokens.keys()].join("|");
  /** A class or a declaration: the state that it holds in, whether it paints the ground or the text, the colour. */
  const paint = new RegExp(
    `([\\w:[\\]=.&()-]*:)?(bg|text)-(${known})(?![\\w-])|(background|(?<!-)color): var\\(--color-(${known})\\)`,
    "g",
  );
  const allowed = new Set(textPairs.map(String));

  /** Every ground with every text that meet on one element in one of its states. */
  function met(text: string): [ground: string, text: string][] {
    const painted = [...text.matchAll(paint)].map(([, state = "", kind, token, property, value]) => ({
      state,
      under: kind === "bg" || property === "background",
      token: token ?? value ?? "",
    }));
    const of = (state: string, under: boolean) => {
      const own = painted.filter((one) => one.under === under && one.state === state);
      const those = own.length > 0 ? own : painted.filter((one) => one.under === under && one.state === "");
      return those.map(({ token }) => token);
    };
    const states = new Set(painted.map(({ state }) => state));
    return [...states].flatMap((state) => pairs(of(state, true), of(state, false)));
  }

  test("write no text in a colour that is not for text, and none on a ground that is not one", () => {
    const wrong = [...literals, ...rules].flatMap(({ path, text }) =>
      met(text)
        // What lies over the scrim has a ground of its own.
        .filter(([ground, over]) => ground !== "scrim" && !allowed.has(String([ground, over])))
        .map(([ground, over]) => `${path}: ${over} on ${ground}`),
    );
    expect(wrong).toEqual([]);
  });
});
