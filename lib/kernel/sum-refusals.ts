import { writeRows } from "./audit.ts";
import { product } from "./caller.ts";
import { type Tx, transaction } from "./database.ts";
import { newId } from "./id.ts";
import { lockRefusals } from "./record-refusal.ts";
import { type Counter, hourOf, type Sum, toldApart } from "./refusal-counters.ts";

const atOnce = 500;

/** Makes one row of the audit log of each sum of the hours that are over. Answers how many it wrote. */
export async function sumRefusals(at: Date): Promise<number> {
  let written = 0;
  for (;;) {
    const work = async (tx: Tx) => {
      await lockRefusals(tx);
      const ended = await tx.$queryRaw<Counter[]>`
        DELETE FROM refusal_counters WHERE (hour, pool, key) IN (
          SELECT hour, pool, key FROM refusal_counters WHERE hour < ${hourOf(at)} LIMIT ${atOnce})
        RETURNING *`;
      const rows = ended.flatMap(({ summed, sum }) => (sum ? [rowOfSum(at, summed, sum)] : []));
      await writeRows(tx, rows);
      written += rows.length;
      return ended.length;
    };
    const counters = await transaction(work, { turnOf: product("refusals"), patient: true });
    if (counters < atOnce) return written;
  }
}

function rowOfSum(at: Date, refusals: number, { from, to, addresses, targets, ...sum }: Sum) {
  const [target, ...others] = targets;
  const only = others.length === 0 ? target : undefined;
  return {
    ...sum,
    id: newId(at.getTime()),
    at,
    outcome: "refused",
    door: "system",
    address: addresses.length === 1 ? (addresses[0] as string) : null,
    targetKind: only?.kind ?? null,
    targetId: only?.id ?? null,
    targetName: only?.name ?? null,
    after: {
      refusals,
      from,
      to,
      addresses: addresses.length,
      ...(addresses.length === toldApart.addresses && { moreAddresses: true }),
      ...(addresses.length > 1 && { fromAddresses: addresses.slice(0, 20) }),
      ...(others.length > 0 && { targets: targets.map(({ name }) => name) }),
    },
  };
}
