import { logBug } from "./log.ts";
import { once } from "./registry.ts";

const underWay = () => once("afterwards", () => new Set<Promise<void>>());

/** Work that follows a change which holds already: it never fails the change, and nobody waits for it. */
export function doAfterwards(work: () => Promise<void>, what: string): void {
  const under = underWay();
  const one = work()
    .catch((error: unknown) => void logBug(error, what))
    .finally(() => under.delete(one));
  under.add(one);
}

/** Waits for what is under way, such as before the process ends. */
export async function afterwardsDone(): Promise<void> {
  await Promise.all(underWay());
}
