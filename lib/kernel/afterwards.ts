import { logBug } from "./log.ts";
import { registry } from "./registry.ts";

const slot = "afterwards";

/** Work that follows a change which holds already: it never fails the change, and nobody waits for it. */
export function doAfterwards(work: () => Promise<void>, what: string): void {
  const { slots } = registry();
  const present = slots.get(slot) as Set<Promise<void>> | undefined;
  const under = present ?? new Set<Promise<void>>();
  if (!present) slots.set(slot, under);
  const one = work()
    .catch((error: unknown) => void logBug(error, what))
    .finally(() => under.delete(one));
  under.add(one);
}

/** Waits for what is under way, such as before the process ends. */
export async function afterwardsDone(): Promise<void> {
  await Promise.all((registry().slots.get(slot) as Set<Promise<void>> | undefined) ?? []);
}
