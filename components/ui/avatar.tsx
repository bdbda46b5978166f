const hues = [
  "hue-20",
  "hue-55",
  "hue-95",
  "hue-145",
  "hue-185",
  "hue-225",
  "hue-265",
  "hue-300",
  "hue-340",
] as const;

const sizes = { small: "size-6 text-2xs", medium: "size-8 text-xs", large: "size-12 text-base" };

/** Initials on a colour that follows from the id; decoration, the name stands beside it. */
export function Avatar(props: { id: string; name: string; size?: keyof typeof sizes }) {
  return (
    <span
      aria-hidden
      data-outline
      className={`inline-grid shrink-0 place-items-center rounded-full font-semibold uppercase select-none ${sizes[props.size ?? "medium"]} ${hueOf(props.id)}`}
    >
      {initialsOf(props.name)}
    </span>
  );
}

function hueOf(id: string): string {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return hues[sum % hues.length] ?? hues[0];
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked.map((word) => [...(word ?? "?")][0] ?? "?").join("");
}
