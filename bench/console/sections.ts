import type { Bench } from "./bench.ts";
import { commands } from "./commands.ts";
import { lists } from "./lists.ts";
import { readersTable, writersTable } from "./lock-tables.ts";
import { measure, type Row } from "./measure.ts";
import type { Operation } from "./operation.ts";
import { pageTable, type References } from "./page-table.ts";
import { floors, pages } from "./pages.ts";
import { peerTable } from "./peer-table.ts";
import { readers } from "./readers.ts";
import { scim } from "./scim.ts";
import { type ScimRow, scimTable } from "./scim-table.ts";
import { writers } from "./writers.ts";

/** What a section found: for people, for programs, and every answer that was wrong. */
export interface Found {
  markdown: string;
  data: unknown;
  wrong: string[];
}

/** In the order in which they can follow one another: SCIM leaves users read-only. */
export const sections: Record<string, (bench: Bench) => Promise<Found>> = {
  async lists(bench) {
    const rows = await measureAll(bench, await lists(bench));
    const least = await leastPage(bench);
    const alone = rows.filter(({ workers }) => workers === 1);
    const markdown = `${peerTable(rows)}\n\n${pageTable(alone, referencesOf(alone[0], least))}`;
    return { markdown, ...found([...rows, least]) };
  },
  async pages(bench) {
    const [first] = await lists(bench);
    const list = await measure(bench, first as Operation);
    const least = await leastPage(bench);
    const rows = [
      list,
      least,
      ...(await measureAll(bench, [...(await floors(bench)).slice(1), ...(await pages(bench))])),
    ];
    return { markdown: pageTable(rows, referencesOf(list, least)), ...found(rows) };
  },
  async commands(bench) {
    const rows = await measureAll(bench, await commands(bench));
    return { markdown: peerTable(rows), ...found(rows) };
  },
  async writers(bench) {
    const data = await writers(bench);
    return { markdown: writersTable(data), data, wrong: data.flatMap(({ wrong }) => wrong) };
  },
  async readers(bench) {
    const data = await readers(bench);
    const wrong = data.flatMap((one) => one.wrong);
    return { markdown: readersTable(data), data, wrong };
  },
  async scim(bench) {
    const rows: ScimRow[] = [];
    for (const operation of await scim(bench)) {
      const measured = await measureAll(bench, [operation]);
      rows.push(...measured.map((row) => ({ ...row, members: operation.members })));
    }
    return { markdown: scimTable(rows), ...found(rows) };
  },
};

const leastPage = async (bench: Bench): Promise<Row> => measure(bench, (await floors(bench))[0] as Operation);

const referencesOf = (list: Row | undefined, least: Row): References => ({
  betterAuth: list?.by.better_auth,
  floor: list?.by.floor,
  leastPage: least.by.console,
});

async function measureAll(bench: Bench, operations: readonly Operation[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const operation of operations)
    for (const workers of operation.workers ?? [1]) rows.push(await measure(bench, operation, workers));
  return rows;
}

const found = (rows: readonly Row[]) => ({ data: rows, wrong: rows.flatMap(({ wrong }) => wrong) });
