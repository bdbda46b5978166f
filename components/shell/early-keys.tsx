/** What was pressed before the page came alive. */
export interface EarlyKeys {
  /** Ctrl/Cmd-K was, and then `text` was typed. */
  palette: boolean;
  text: string;
  stop: () => void;
}

/** Written into the page: it has to listen before any other script has arrived. */
const listen = `(() => {
  const early = (window.earlyKeys = { palette: false, text: "", stop });
  function stop() { document.removeEventListener("keydown", onKeyDown); }
  function onKeyDown(event) {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (key.toLowerCase() === "k" && (ctrlKey || metaKey) && !shiftKey && !altKey) early.palette = true;
    else if (early.palette && key.length === 1 && !ctrlKey && !metaKey) early.text += key;
    else return;
    event.preventDefault();
  }
  document.addEventListener("keydown", onKeyDown);
})();`;

/** Keeps Ctrl/Cmd-K, and what is typed after it, until the command palette is there to take it. */
export function ListenForEarlyKeys({ nonce }: { nonce: string | undefined }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {listen}
    </script>
  );
}

/** Ends the listening; whoever asks first gets what was pressed. */
export function takeEarlyKeys(): { palette: boolean; text: string } {
  const holder = window as { earlyKeys?: EarlyKeys };
  const { palette = false, text = "", stop } = holder.earlyKeys ?? {};
  stop?.();
  delete holder.earlyKeys;
  return { palette, text };
}
