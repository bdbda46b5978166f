import { once } from "#lib/kernel/registry.ts";

const pause = 10_000;

interface Asked {
  asking?: Promise<unknown>;
  failure?: { error: unknown; until: number };
}

function asked(key: string): Asked {
  const all = once("oidc asked sparingly", () => new Map<string, Asked>());
  const present = all.get(key) ?? {};
  all.set(key, present);
  return present;
}

/**
 * For questions that a stranger can make us ask a provider: one at a time, and after one that failed none for a while.
 * @param key names the question; providers are few, so there are few of them
 */
export function sparingly<T>(key: string, ask: () => Promise<T>): Promise<T> {
  const state = asked(key);
  if (state.failure && state.failure.until > Date.now()) return Promise.reject(state.failure.error);
  state.asking ??= ask()
    .catch((error: unknown) => {
      state.failure = { error, until: Date.now() + pause };
      throw error;
    })
    .finally(() => {
      delete state.asking;
    });
  return state.asking as Promise<T>;
}
