// Plain JavaScript that old versions of Node understand: ensure-node.mjs needs it too.
const every = 250;

/**
 * Calls back once the process that started this one has ended, which npm does when it is killed, without a word to those
 * whom it started. Only below a package manager: a console that a shell put into the background outlives the shell.
 */
export function whenParentIsGone(callback) {
  if (!/(?:^|\s)node scripts[/\\]/.test(process.env.npm_lifecycle_script || "")) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, every);
  timer.unref();
}
