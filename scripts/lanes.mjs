import { run } from "./run.mjs";
import { step } from "./step.mjs";

/**
 * Runs lists of steps side by side, each list in its order; the first step that fails stops the others.
 * A list that runs alone prints as it goes. With several, what a step prints is kept back until it ends.
 * @param {[title: string, work: (start: typeof run) => Promise<unknown>][][]} lanes `work` starts programs with `start`
 */
export async function runLanes(lanes) {
  const busy = lanes.filter((steps) => steps.length > 0);
  if (busy.length < 2) {
    for (const [title, work] of busy.flat()) await step(title, () => work(run));
    return;
  }
  const stop = new AbortController();
  const start = (command, args, options = {}) =>
    run(command, args, { ...options, quiet: true, signal: stop.signal }).then((output) =>
      options.quiet ? "" : output,
    );
  const running = new Set();
  const live = process.stdout.isTTY && setInterval(() => show(running), 1000);
  const results = await Promise.allSettled(
    busy.map(async (steps) => {
      for (const [title, work] of steps) {
        if (stop.signal.aborted) return;
        await report(title, () => work(start), running, stop);
      }
    }),
  );
  clearInterval(live);
  const failed = results.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}

async function report(title, work, running, stop) {
  const entry = { title, begun: Date.now() };
  running.add(entry);
  if (!process.stdout.isTTY) process.stdout.write(`${title} ...\n`);
  const finish = (how) => {
    running.delete(entry);
    process.stdout.write(`${process.stdout.isTTY ? "\r\x1b[K" : ""}${title}: ${how}${since(entry)}\n`);
  };
  try {
    const output = await work();
    finish("");
    if (output) process.stdout.write(output);
  } catch (error) {
    finish(stop.signal.aborted ? "stopped after " : "failed after ");
    if (stop.signal.aborted) return;
    stop.abort();
    throw error;
  }
}

const since = ({ begun }) => `${Math.round((Date.now() - begun) / 1000)} s`;

function show(running) {
  const line = [...running].map((entry) => `${entry.title} ${since(entry)}`).join(", ");
  process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns ?? 80) - 1)}`);
}
