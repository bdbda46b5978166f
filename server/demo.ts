import { loadCatalogue } from "#lib/catalogue/load.ts";
import { fillWithDemo, labelAsDemo } from "#lib/demo/index.ts";
import { systemCall } from "#lib/kernel/call.ts";
import { env } from "#lib/kernel/env.ts";
import { runCommand } from "#lib/kernel/operation.ts";
import { newSecretToken } from "#lib/kernel/secret-token.ts";
import { bringUpDatabase } from "./bring-up-database.ts";
import { projectFolder } from "./project-folder.ts";
import { say } from "./say.ts";
import { startConsole } from "./start-console.ts";
import { untilStopped } from "./until-stopped.ts";

// The console, with a database that this process filled before it starts. scripts/demo.mjs gives it a folder to throw away.
untilStopped(async (closing) => {
  const settings = env();
  // It makes up a past, which only the owner of the audit log may write.
  await bringUpDatabase(settings, closing, "owner");
  await loadCatalogue(settings.catalogue, projectFolder);
  const password = newSecretToken().slice(0, 20);
  const call = systemCall("demonstration");
  const { people, events, owner, ordinary } = await runCommand(fillWithDemo, call, { password });
  say(`Made up ${people} people and ${events} events.`);
  await startConsole({ dev: false }, closing);
  await runCommand(labelAsDemo, call, {});
  say(
    `Sign in as ${owner} (owner) or ${ordinary.username} (${ordinary.roles.join(", ")}), password ${password}`,
  );
  say("Ctrl-C stops it and throws everything away.");
});
