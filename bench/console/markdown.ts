/** A table as Markdown: the first column to the left, figures to the right. */
export function markdownTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = headers.map((_, index) => (index === 0 ? "---" : "--:"));
  return [line(headers), line(rule), ...rows.map(line)].join("\n");
}

/** Three digits, as far as they say something; a dash for what is not known. */
export function figure(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export const kilobytes = (bytes: number | undefined): string =>
  figure(bytes === undefined ? undefined : bytes / 1000);

export const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
