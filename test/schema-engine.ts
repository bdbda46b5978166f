import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

/** Prisma's own migration engine, to check ours against: it reads and compares, it never writes here. */
export async function openSchemaEngine(databaseUrl: string): Promise<engine.SchemaEngine> {
  const folder = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const code = await readFile(folder.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(code, { "./schema_engine_bg.js": engine as never });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl }));
  const schema = await readFile("prisma/schema.prisma", "utf8");
  return engine.SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, () => undefined, adapter);
}
