import type { Metadata } from "next";
import { Section } from "#app/(console)/settings/sso/[slug]/section.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { viewTest } from "#lib/sso/index.ts";
import { read } from "#lib/web/read.ts";
import { TellOpener } from "./tell-opener.tsx";

export const metadata: Metadata = { title: "Test sign-in is over" };

interface Props {
  params: Promise<{ slug: string }>;
}

/** Where a test sign-in arrives: its window closes, and the page behind it shows what came. */
export default async function TestDonePage({ params }: Props) {
  const { slug } = await params;
  const { test } = await read(viewTest, { slug });
  return (
    <Section id="over" first title="The test sign-in is over">
      <TellOpener slug={slug} />
      {test?.failure ? (
        <Notice kind="danger" reason={test.reason}>
          {test.failure}
        </Notice>
      ) : (
        <Notice
          kind={test ? "success" : "warning"}
          {...(test ? { done: "finish test sign-in" } : { reason: "no_test_run" })}
        >
          {test ? "It worked. Nobody was signed in." : "It was over before it came back: start it once more."}
        </Notice>
      )}
      <p className="mt-4 flex flex-wrap items-center gap-3">
        <LinkButton href={`/settings/sso/${slug}/test`} variant="primary">
          Show what came
        </LinkButton>
        <span className="text-sm text-soft">This window can be closed.</span>
      </p>
    </Section>
  );
}
