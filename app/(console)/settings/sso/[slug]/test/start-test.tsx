"use client";
import { ExternalLink, FlaskConical } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { startTestForm } from "#app/(console)/settings/sso/actions.ts";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { toast } from "#components/ui/toast.ts";
import type { FormState } from "#lib/web/form-state.ts";
import { testChannel } from "./test-channel.ts";

/** Opens the provider in a window of its own; without scripts a link leads there, and back to this page. */
export function StartTest(props: { slug: string; label: string; again: boolean; why: string | undefined }) {
  const popup = useRef<Window | null>(null);
  const router = useRouter();
  const [runs, setRuns] = useState(0);
  useEffect(() => {
    const channel = new BroadcastChannel(testChannel);
    channel.onmessage = ({ data }) => {
      if (data !== props.slug) return;
      toast("The test sign-in is over");
      setRuns((before) => before + 1);
      router.refresh();
    };
    return () => channel.close();
  }, [props.slug, router]);

  // Only a press may open a window, so it opens empty before the answer is there.
  function open() {
    popup.current = window.open("", "bailiwick-test", "popup,width=520,height=720");
  }

  function go({ details }: FormState) {
    const url = String(details?.url);
    if (popup.current) popup.current.location.href = url;
    else location.href = url;
  }

  return (
    <div onSubmitCapture={open}>
      <Form key={runs} action={startTestForm} onOk={go} done={Continue} aria-label="Test sign-in">
        <input type="hidden" name="slug" value={props.slug} />
        <div>
          <SubmitButton icon={<FlaskConical aria-hidden className="size-4" />} disabledReason={props.why}>
            {props.again ? "Test once more" : `Sign in at ${props.label} to test`}
          </SubmitButton>
        </div>
      </Form>
    </div>
  );
}

/** Also for whoever's browser keeps windows from opening. */
function Continue({ details }: FormState) {
  return (
    <p>
      <a href={String(details?.url)} className={buttonClass("primary")} rel="noreferrer">
        <ExternalLink aria-hidden className="size-4" />
        Go on at the provider
      </a>
    </p>
  );
}
