import { batch, type Swept, sweep } from "./sweep.ts";

/**
 * Sweeps until nothing is due any more, in steps, each a short transaction. Answers all that was swept, or undefined when
 * another instance sweeps. It ends early, between two steps, when it is told to stop or when a step takes nothing whole.
 */
export async function sweepAll(at: Date, stopping?: AbortSignal): Promise<Swept | undefined> {
  let all: Swept | undefined;
  for (;;) {
    const swept = await sweep(at);
    if (!swept) return all;
    all = added(all, swept);
    if (stopping?.aborted || !Object.values(swept).some((count) => count >= batch)) return all;
  }
}

function added(all: Swept | undefined, swept: Swept): Swept {
  if (!all) return swept;
  const sums = Object.entries(swept).map(([kind, count]) => [kind, all[kind as keyof Swept] + count]);
  return Object.fromEntries(sums) as unknown as Swept;
}
