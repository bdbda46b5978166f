import { computeCacheBustingSearchParam } from "next/dist/shared/lib/router/utils/cache-busting-search-param.js";
import { serverActions } from "../../e2e/forge.ts";
import type { Sent } from "./ask.ts";
import { routerTree } from "./router-tree.ts";

/** Requests to the console as Chromium sends them, in the session of an administrator. */
export interface ConsoleClient {
  /** An address that is opened: a whole page of HTML. */
  page(path: string): Sent;
  /** A link that is followed from a page that is open: what changes in it. */
  link(path: string, from: string): Promise<Sent>;
  /** A form that is sent from a page that is open, by the name of its server action. A list is sent once for each value. */
  form(path: string, action: string, fields: Record<string, string | readonly string[]>): Promise<Sent>;
}

const browser = {
  "accept-language": "en-US,en;q=0.9",
  "user-agent":
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "sec-fetch-site": "same-origin",
};

/** @param cookie undefined: without a session */
export async function consoleClient(origin: string, cookie?: string): Promise<ConsoleClient> {
  const own = { ...browser, ...(cookie && { cookie }) };
  const actions = await serverActions();
  const page = (path: string): Sent => ({
    path,
    headers: {
      ...own,
      accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
      "sec-fetch-dest": "document",
      "sec-fetch-mode": "navigate",
      "upgrade-insecure-requests": "1",
    },
  });
  return {
    page,
    async link(path, from) {
      const [here, url] = [new URL(from, origin), new URL(path, origin)];
      const tree = routerTree(here.pathname, here.pathname === url.pathname);
      url.searchParams.set(
        "_rsc",
        await computeCacheBustingSearchParam(undefined, undefined, tree, here.pathname),
      );
      return {
        path: url.pathname + url.search,
        headers: {
          ...own,
          accept: "*/*",
          rsc: "1",
          "next-router-state-tree": tree,
          "next-url": here.pathname,
          referer: here.href,
          "sec-fetch-mode": "cors",
        },
      };
    },
    async form(path, action, fields) {
      const id = actions.get(action);
      if (!id) throw new Error(`the build has no action ${action}`);
      const form = new FormData();
      for (const [name, values] of Object.entries(fields))
        for (const value of [values].flat()) form.append(`_1_${name}`, value);
      form.append("0", '[{"status":"idle"},"$K1"]');
      const packed = new Response(form);
      return {
        method: "POST",
        path,
        headers: {
          ...own,
          origin,
          referer: origin + path,
          accept: "text/x-component",
          "content-type": packed.headers.get("content-type") ?? "",
          "next-action": id,
          "next-router-state-tree": routerTree(new URL(path, origin).pathname, false),
        },
        body: Buffer.from(await packed.arrayBuffer()),
      };
    },
  };
}
