import { type Installation, startInstallation } from "./installation.ts";

/** What a worker runs: one console for each settings that a test asked for lately. */
export interface Consoles {
  /**
   * The console with these settings, holding what its holder left there; another holder finds it empty.
   * A holder who needs one that nobody has visited gets one of their own.
   */
  claim(settings: Record<string, string>, holder: string, unvisited: boolean): Promise<Installation>;
  stop(): Promise<void>;
}

interface Kept {
  installation: Installation;
  holder: string;
}

/** @param limit how many keep running: memory is theirs, and whatever they do while they wait */
export function keepConsoles(limit: number): Consoles {
  /** The one that was claimed last comes last. */
  const kept = new Map<string, Kept>();
  let entered: Installation | undefined;

  async function take(key: string, settings: Record<string, string>, holder: string): Promise<Installation> {
    const present = kept.get(key);
    if (present) {
      kept.delete(key);
      kept.set(key, present);
      if (present.holder !== holder) await present.installation.empty();
      present.holder = holder;
      return present.installation;
    }
    for (const [oldest, { installation }] of kept) {
      if (kept.size < limit) break;
      kept.delete(oldest);
      await installation.stop();
    }
    const installation = await startInstallation(settings);
    kept.set(key, { installation, holder });
    return installation;
  }

  return {
    async claim(settings, holder, unvisited) {
      const key = JSON.stringify([settings, unvisited && holder]);
      const installation = await take(key, settings, holder);
      if (installation !== entered) await installation.enter();
      entered = installation;
      return installation;
    },
    async stop() {
      await Promise.all([...kept.values()].map(({ installation }) => installation.stop()));
    },
  };
}
