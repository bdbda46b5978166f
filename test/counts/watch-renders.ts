import type { Page } from "@playwright/test";

/**
 * Counts how many components React renders in every document of this page. It is the hook of React's developer tools,
 * which the production build calls as well; `PerformedWork` marks a fiber whose component was called.
 */
export async function watchRenders(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Fiber {
      tag: number;
      flags: number;
      alternate: Fiber | null;
      child: Fiber | null;
      sibling: Fiber | null;
    }
    const performedWork = 1;
    /** Functions, classes, forwardRef, and memo of a plain function. */
    const components = new Set([0, 1, 11, 15]);
    const seen = { renders: 0, at: performance.now() };

    function count(fiber: Fiber, before: Fiber | null): void {
      if (components.has(fiber.tag) && (before === null || fiber.flags & performedWork)) seen.renders += 1;
      // The same child as before: React did not go further down.
      if (fiber.child === before?.child) return;
      for (let child = fiber.child; child; child = child.sibling) count(child, before && child.alternate);
    }
    const nothing = () => undefined;
    Object.assign(window, {
      renders: seen,
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        ...{ supportsFiber: true, isDisabled: false, renderers: new Map(), inject: () => 1 },
        ...{ checkDCE: nothing, onCommitFiberUnmount: nothing, onPostCommitFiberRoot: nothing },
        onCommitFiberRoot(_renderer: number, root: { current: Fiber }) {
          count(root.current, root.current.alternate);
          seen.at = performance.now();
        },
      },
    });
  });
}

/** The renders since the document was loaded, and how many milliseconds ago the last of them was. */
export function rendersIn(page: Page): Promise<{ renders: number; idle: number }> {
  return page.evaluate(() => {
    const seen = (window as unknown as { renders: { renders: number; at: number } }).renders;
    return { renders: seen.renders, idle: performance.now() - seen.at };
  });
}
