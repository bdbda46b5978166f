import { ratio } from "./arithmetic.ts";
import { figure, kilobytes, markdownTable } from "./markdown.ts";
import type { Figures, Row } from "./measure.ts";

/** Operations beside the same ones of Better Auth and of the floor: what section 1 of a report of measures begins with. */
export function peerTable(rows: readonly Row[]): string {
  const headers = [
    ...["operation", "c", "CPU ms: console", "Better Auth", "floor", "x Better Auth", "x floor"],
    ...["req/s x Better Auth", "p50 x Better Auth", "statements", "KB plain / gzip", "KB Better Auth"],
  ];
  return markdownTable(
    headers,
    rows.flatMap((row) => {
      const { console, rsc, better_auth, floor } = row.by;
      const shapes = rsc
        ? ([
            [`${row.title} (HTML)`, console],
            [`${row.title} (RSC)`, rsc],
          ] as const)
        : ([[row.title, console]] as const);
      return shapes.map(([title, own]) => [
        title,
        String(row.workers),
        parts(own),
        parts(better_auth),
        parts(floor),
        figure(ratio(totalCpu(own), totalCpu(better_auth))),
        figure(ratio(totalCpu(own), totalCpu(floor))),
        figure(ratio(own?.perSecond, better_auth?.perSecond)),
        figure(ratio(own?.p50, better_auth?.p50)),
        [own, better_auth, floor].map((one) => figure(one?.statements)).join(" / "),
        `${kilobytes(own?.plainBytes)} / ${kilobytes(own?.bytes)}`,
        kilobytes(better_auth?.plainBytes),
      ]);
    }),
  );
}

/** Server and PostgreSQL together. */
export const totalCpu = (figures: Figures | undefined): number | undefined =>
  figures?.server === undefined || figures.postgres === undefined
    ? undefined
    : figures.server + figures.postgres;

const parts = (figures: Figures | undefined): string =>
  figures === undefined ? "–" : `${figure(figures.server)} + ${figure(figures.postgres)}`;
