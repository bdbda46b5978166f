import { loadCatalogue } from "#lib/catalogue/load.ts";
import { database } from "#lib/kernel/database.ts";
import { root } from "./installation.ts";

/** A process of its own that loads a catalogue into the database of its settings, as a start of the console does. */
await loadCatalogue(process.argv[2] ?? "", root);
await database().$disconnect();
