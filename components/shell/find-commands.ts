import type { Command } from "./palette-dialog.tsx";

/** The commands that contain every typed word; those whose label starts with it come first in their section. */
export function findCommands(commands: readonly Command[], text: string): Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter((command) => {
    const haystack = `${command.label} ${command.keywords ?? ""} ${command.section}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
  const starts = (command: Command) => (command.label.toLowerCase().startsWith(words[0] ?? "") ? 0 : 1);
  const sections = [...new Set(found.map((command) => command.section))];
  return found.sort(
    (one, other) =>
      sections.indexOf(one.section) - sections.indexOf(other.section) || starts(one) - starts(other),
  );
}
