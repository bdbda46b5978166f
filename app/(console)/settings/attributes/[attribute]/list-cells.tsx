import { Badge } from "#components/ui/badge.tsx";

/** A name with its description under it. */
export function Labelled({ row }: { row: { label: string; description: string } }) {
  return (
    <span className="block min-w-0">
      <span className="font-medium break-words">{row.label}</span>
      {row.description && (
        <span className="block max-w-prose text-xs font-normal text-mute">{row.description}</span>
      )}
    </span>
  );
}

/** A few words, and how many more there are. */
export function Chips({ words, total = words.length }: { words: readonly string[]; total?: number }) {
  if (total === 0) return <span className="text-mute">None</span>;
  const shown = words.slice(0, 3);
  return (
    <span className="flex flex-wrap items-center gap-1">
      {shown.map((word) => (
        <Badge key={word}>{word}</Badge>
      ))}
      {total > shown.length && <span className="text-xs text-mute">+{total - shown.length}</span>}
    </span>
  );
}
