"use client";
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useMemo, useState } from "react";
import type { Position } from "./grid-navigation.ts";
import { allSlots, type Slot, withGaps } from "./slots.ts";

/** More cells than this are rendered only where they are seen. */
const renderAllUpTo = 2000;

const rem = { row: 2.75, column: 6.75, first: 17, head: 8.5 };

export interface VirtualGrid {
  rows: readonly Slot[];
  columns: readonly Slot[];
  /** For each row that is rendered; nothing while all are. */
  measureRow: ((element: Element | null) => void) | undefined;
}

/**
 * Which rows and columns to render. The cell with the tab stop is always among them,
 * so that the focus outlives any scrolling.
 */
export function useVirtualGrid(
  scroller: RefObject<HTMLDivElement | null>,
  size: { rows: number; columns: number },
  active: Position,
): VirtualGrid {
  const enabled = size.rows * size.columns > renderAllUpTo;
  const [px, setPx] = useState(16);
  useEffect(() => setPx(Number.parseFloat(getComputedStyle(document.documentElement).fontSize)), []);

  const shared = {
    getScrollElement: () => scroller.current,
    enabled,
    initialRect: { width: 1280, height: 720 },
  };
  const rows = useVirtualizer({
    ...shared,
    count: size.rows,
    estimateSize: () => rem.row * px,
    scrollMargin: rem.head * px,
    overscan: 6,
    rangeExtractor: useKeeping(active.row - 1, size.rows),
  });
  const columns = useVirtualizer({
    ...shared,
    horizontal: true,
    count: size.columns,
    estimateSize: () => rem.column * px,
    scrollMargin: rem.first * px,
    overscan: 3,
    rangeExtractor: useKeeping(active.column - 1, size.columns),
  });

  const rowItems = rows.getVirtualItems();
  const columnItems = columns.getVirtualItems();
  return {
    rows: useSlots(enabled, size.rows, rowItems, rem.head * px, rows.getTotalSize()),
    columns: useSlots(enabled, size.columns, columnItems, rem.first * px, columns.getTotalSize()),
    measureRow: enabled ? rows.measureElement : undefined,
  };
}

const none: readonly { index: number; start: number; end: number }[] = [];

function useKeeping(index: number, count: number) {
  return useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (index < 0 || index >= count || shown.includes(index)) return shown;
      return [...shown, index].sort((a, b) => a - b);
    },
    [index, count],
  );
}

function useSlots(
  enabled: boolean,
  count: number,
  items: readonly { index: number; start: number; end: number }[],
  margin: number,
  total: number,
): readonly Slot[] {
  const used = enabled ? items : none;
  return useMemo(() => {
    if (!enabled) return allSlots(count);
    const placed = used.map(({ index, start, end }) => ({ index, start: start - margin, end: end - margin }));
    return withGaps(placed, total);
  }, [enabled, count, used, margin, total]);
}
