"use client";
import { useEffect } from "react";
import { testChannel } from "#app/(console)/settings/sso/[slug]/test/test-channel.ts";

/** Tells the page behind this window, and closes it where the browser lets it. */
export function TellOpener({ slug }: { slug: string }) {
  useEffect(() => {
    const channel = new BroadcastChannel(testChannel);
    channel.postMessage(slug);
    channel.close();
    if (window.name === "bailiwick-test") window.close();
  }, [slug]);
  return null;
}
