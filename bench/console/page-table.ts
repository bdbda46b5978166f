import { ratio } from "./arithmetic.ts";
import { figure, kilobytes, markdownTable } from "./markdown.ts";
import type { Figures, Row } from "./measure.ts";
import { totalCpu } from "./peer-table.ts";

/** What every page is compared with: figures of the same run. */
export interface References {
  /** Both peers' first page of the list. */
  betterAuth: Figures | undefined;
  floor: Figures | undefined;
  /** The console's answer that has least to say: its 404 page. */
  leastPage: Figures | undefined;
}

/** The console's own pages one by one, each beside the peers' first page of the list. */
export function pageTable(rows: readonly Row[], { betterAuth, floor, leastPage }: References): string {
  const headers = [
    ...["page", "server ms", "PostgreSQL ms", "statements", "KB plain", "KB gzip"],
    ...["x Better Auth's list", "x floor's list", "x 404 page (server)"],
  ];
  const line = (title: string, figures: Figures | undefined) => [
    title,
    figure(figures?.server),
    figure(figures?.postgres),
    figure(figures?.statements),
    kilobytes(figures?.plainBytes),
    kilobytes(figures?.bytes),
    figure(ratio(totalCpu(figures), totalCpu(betterAuth))),
    figure(ratio(totalCpu(figures), totalCpu(floor))),
    figure(ratio(figures?.server, leastPage?.server)),
  ];
  return markdownTable(
    headers,
    rows.flatMap(({ title, by }) =>
      by.rsc
        ? [line(`${title}, HTML`, by.console), line(`${title}, RSC`, by.rsc)]
        : [line(title, by.console)],
    ),
  );
}
