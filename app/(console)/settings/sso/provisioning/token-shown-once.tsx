"use client";
import { useEffect, useRef } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { FormState } from "#lib/web/form-state.ts";

/** The answer that carries the secret: the only time that it is seen. */
export function TokenShownOnce({ state, closeHref }: { state: FormState; closeHref: string }) {
  const secret = String(state.details?.secret ?? "");
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => said.current?.focus(), []);
  return (
    <>
      <Notice ref={said} tabIndex={-1} kind="success" role="status">
        Created the token {String(state.details?.name)}.
      </Notice>
      <section aria-labelledby="secret">
        <h3 id="secret" className="font-semibold">
          Copy it now
        </h3>
        <p className="mt-1 text-soft">
          Paste it at the provider. It is not shown again, and nobody here knows it.
        </p>
        <div className="mt-3 flex items-center gap-2">
          <code className="min-w-0 grow rounded-md bg-sunken px-2 py-1.5 font-mono text-sm wrap-anywhere select-all">
            {secret}
          </code>
          <CopyButton value={secret} label="Copy the token" />
        </div>
      </section>
      <div>
        <LinkButton href={closeHref} variant="primary" scroll={false}>
          I have copied it
        </LinkButton>
      </div>
    </>
  );
}
