import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { capabilities, catalogueSchema } from "#lib/access/index.ts";
import { StartError } from "#lib/kernel/errors.ts";
import { stops } from "#test/stops.ts";
import { parseCatalogue } from "./parse-catalogue.ts";
import { readCatalogue, shippedCatalogues } from "./read-catalogue.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "catalogue-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The names of all properties in a JSON Schema, however deep. */
function propertiesOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = "properties" in schema ? Object.keys(schema.properties as object) : [];
  return [...own, ...Object.values(schema).flatMap(propertiesOf)];
}

const refusal = async (choice: string) => {
  const error = await readCatalogue(choice, root).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartError);
  return error as StartError;
};

test.each(shippedCatalogues)("%s comes with the console and is sound", async (name) => {
  expect((await readCatalogue(name, root)).catalogue).toBe(name);
});

test("the example of the format's documentation is a sound catalogue, and a path of one's own works", async () => {
  const text = await readFile(join(root, "docs/catalogue-format.md"), "utf8");
  const [, example = ""] = /```yaml\n(catalogue:[\s\S]*?)```/.exec(text) ?? [];
  expect(parseCatalogue(example, "example").roles.map(({ key }) => key)).toEqual(["owner", "clerk"]);
  const file = join(folder, "our-shop.yaml");
  await writeFile(file, example);
  expect((await readCatalogue(file, root)).label).toBe("Our shop");
  expect((await readCatalogue("./our-shop.yaml", folder)).label).toBe("Our shop");
});

test("every key of the schema is explained in the format's documentation", async () => {
  const text = await readFile(join(root, "docs/catalogue-format.md"), "utf8");
  const unexplained = [
    ...propertiesOf(z.toJSONSchema(catalogueSchema, { io: "input" })),
    ...capabilities,
  ].filter((key) => !text.includes(`\`${key}\``) && !text.includes(`${key}:`));
  expect(unexplained).toEqual([]);
});

describe("a catalogue that cannot be read stops the start with a remedy", () => {
  test("a name that is none of the five", async () => {
    expect(await refusal("patchmonn")).toEqual(
      stops(
        "catalogue_unknown",
        '"patchmonn"',
        "patchmon",
        "BAILIWICK_CATALOGUE",
        "patchmon, uptrakit, ops-atlas, utmstack, rudder",
      ),
    );
    expect(await refusal("")).toEqual(stops("catalogue_unknown", '""'));
  });

  test("a path without a file, to a folder, or to something that is no text", async () => {
    expect(await refusal(join(folder, "gone.yaml"))).toEqual(
      stops("catalogue_not_found", "gone.yaml", "BAILIWICK_CATALOGUE"),
    );
    expect(await refusal(`${folder}/`)).toEqual(stops("catalogue_unreadable", folder));
    const binary = join(folder, "binary.yaml");
    await writeFile(binary, new Uint8Array([0xff, 0xfe, 0x00, 0xd8]));
    expect(await refusal(binary)).toEqual(stops("catalogue_unreadable", binary, "UTF-8"));
  });

  test("a wrong one, with its lines", async () => {
    const file = join(folder, "wrong.yaml");
    await writeFile(file, "catalogue: shop\nlabel: 1\n");
    const wrong = await refusal(file);
    expect(wrong).toMatchObject({ reason: "catalogue_wrong" });
    expect(wrong.message).toContain(`\n  ${file}:2: label: `);
  });
});
