/** Whether a run proves all that it can, as `.ci/run` asks for with TEST_DEPTH=full, or what a desk has the time for. */
export function depth(_entry: "wholeAxe"): boolean {
  return process.env.TEST_DEPTH?.startsWith("full") ?? false;
}
