const name = "leave-page";

/** Told before something other than a link or Back leads elsewhere; answers whether nobody objects. */
export const mayLeave = (go: () => void): boolean =>
  dispatchEvent(new CustomEvent(name, { detail: go, cancelable: true }));

/**
 * Calls `ask` instead of leaving this page, with what would leave it: a link, a command, Back and Forward where the
 * browser lets a page hold them up. Another query on the same page is no leaving.
 */
export function holdUp(ask: (go: () => void) => void, follow: (href: string) => void): () => void {
  const stop = new AbortController();
  /** Whoever agreed is not asked again by what they agreed to. */
  const askFor = (go: () => void) =>
    ask(() => {
      stop.abort();
      go();
    });
  const listening = { signal: stop.signal, capture: true };
  const isElsewhere = (url: string) => new URL(url, location.href).pathname !== location.pathname;

  function onClick(event: MouseEvent) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    // Another tab, another site and a download are the browser's business.
    if (!link?.href || !plain || (link.target && link.target !== "_self") || link.hasAttribute("download"))
      return;
    if (link.origin !== location.origin || !isElsewhere(link.href)) return;
    event.preventDefault();
    event.stopPropagation();
    askFor(() => follow(link.href));
  }
  addEventListener("click", onClick, listening);
  addEventListener(
    name,
    (event) => {
      event.preventDefault();
      askFor((event as CustomEvent<() => void>).detail);
    },
    listening,
  );
  if ("navigation" in window)
    navigation.addEventListener(
      "navigate",
      (event) => {
        const { destination } = event;
        if (event.navigationType !== "traverse" || !event.cancelable || !isElsewhere(destination.url)) return;
        event.preventDefault();
        askFor(() => void navigation.traverseTo(destination.key));
      },
      { signal: stop.signal },
    );
  return () => stop.abort();
}
