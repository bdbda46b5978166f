import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "#test/installation.ts";

interface Weight {
  /** Bytes as the browser reads them. */
  js: number;
  /** Bytes on the wire. */
  gzip: number;
}

const weights = new Map<string, Weight>();

/** How much script a document makes a browser load: what its tags name, and what its components name in its data. */
export function scriptsOf(html: string): Weight {
  // For browsers without modules, of which none is left.
  const loaded = html.replaceAll(/<script[^>]* nomodule[^>]*>/gi, "");
  const names = new Set(loaded.match(/static\/chunks\/[\w./~-]+?\.js/g));
  const sum = { js: 0, gzip: 0 };
  for (const name of names) {
    const one = weights.get(name) ?? weigh(name);
    weights.set(name, one);
    sum.js += one.js;
    sum.gzip += one.gzip;
  }
  return sum;
}

function weigh(name: string): Weight {
  const content = readFileSync(join(root, ".next", name));
  return { js: content.length, gzip: gzipSync(content).length };
}
