const steps = 10;

/**
 * Like a timeout, but a while in which this process itself was held up counts as one of ten steps: an answer that came
 * meanwhile is looked at before somebody says that there was none.
 * @returns how to call it off
 */
export function afterRunning(milliseconds: number, then: () => void): () => void {
  let left = steps;
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    then();
  }, milliseconds / steps);
  return () => clearInterval(timer);
}
