"use client";
import { useEffect, useRef } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { FormState } from "#lib/web/form-state.ts";

/** The answer that carries recovery codes: the only time that they are seen. */
export function CodesShownOnce({ state, closeHref }: { state: FormState; closeHref: string }) {
  const codes = Array.isArray(state.details?.codes) ? state.details.codes.map(String) : [];
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => said.current?.focus(), []);
  const text = `${codes.join("\n")}\n`;
  return (
    <>
      <Notice ref={said} tabIndex={-1} kind="success" role="status" done={state.done}>
        {String(state.details?.said)}.
      </Notice>
      {codes.length > 0 && (
        <section aria-labelledby="codes">
          <div className="flex items-center gap-2">
            <h3 id="codes" className="grow font-semibold">
              Your recovery codes
            </h3>
            <CopyButton value={text} label="Copy codes" />
          </div>
          <p className="mt-1 text-soft">
            Keep them where your phone is not, such as a password manager or on paper. Each signs you in once
            when everything else is lost. They are not shown again.
          </p>
          <ul
            aria-label="Recovery codes"
            className="mt-3 rounded-lg bg-sunken p-3 font-mono text-sm tabular-nums"
          >
            {codes.map((code) => (
              <li key={code} className="py-0.5 wrap-anywhere">
                {code}
              </li>
            ))}
          </ul>
          <a
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
            download="bailiwick-recovery-codes.txt"
            className="mt-2 inline-block py-0.5 font-medium text-accent underline underline-offset-2"
          >
            Download as a text file
          </a>
        </section>
      )}
      <div>
        <LinkButton href={closeHref} variant="primary" scroll={false}>
          {codes.length > 0 ? "I have kept them" : "Done"}
        </LinkButton>
      </div>
    </>
  );
}
