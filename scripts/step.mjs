/** Runs one long step and says how long it took; while it runs on a terminal, the seconds count. */
export async function step(title, work) {
  const begun = Date.now();
  const seconds = () => `${Math.round((Date.now() - begun) / 1000)} s`;
  const live = process.stdout.isTTY;
  if (!live) process.stdout.write(`${title} ...\n`);
  const show = () => process.stdout.write(`\r${title} ... ${seconds()}`);
  if (live) show();
  const ticking = live ? setInterval(show, 1000) : undefined;
  try {
    const result = await work();
    clearInterval(ticking);
    process.stdout.write(`${live ? "\r" : ""}${title}: ${seconds()}\n`);
    return result;
  } catch (error) {
    clearInterval(ticking);
    process.stdout.write(`${live ? "\r" : ""}${title}: failed after ${seconds()}\n`);
    throw error;
  }
}
