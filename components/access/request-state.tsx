import { StatusWord } from "#components/ui/status-word.tsx";

const states = {
  open: ["medium", "Open"],
  granted: ["low", "Granted"],
  refused: ["high", "Refused"],
  withdrawn: ["neutral", "Withdrawn"],
} as const;

/** What became of a request, in a word. */
export function RequestState({ status, lapsed }: { status: string; lapsed: boolean }) {
  if (lapsed) return <StatusWord tone="neutral">Ran out</StatusWord>;
  const [tone, word] = states[status as keyof typeof states] ?? ["neutral", status];
  return <StatusWord tone={tone}>{word}</StatusWord>;
}
