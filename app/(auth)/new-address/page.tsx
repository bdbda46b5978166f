import type { Metadata } from "next";
import Link from "next/link";
import { HideToken } from "#app/(auth)/reset-password/hide-token.tsx";
import { Form } from "#components/form/form.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { AuthCard } from "#components/shell/auth-card.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { checkNewAddress } from "#lib/accounts/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { confirmAddressForm } from "./actions.ts";

export const metadata: Metadata = { title: "Confirm email address" };

/** Behind the link of a mail. It takes a press of a button: programs that look through mails open links, too. */
export default async function NewAddressPage({ searchParams }: SearchProps) {
  const { token, done } = await searchParams;
  if (done !== undefined) return <Done />;
  const link = typeof token === "string" ? token.slice(0, 200) : "";
  const found = await read(checkNewAddress, { token: link });
  if (!found) return <DeadLink />;
  return (
    <AuthCard title="Confirm your email address" footer={<ToConsole />}>
      <HideToken />
      <p className="mb-4">
        Use <span className="font-medium">{found.email}</span> as the email address of{" "}
        <span className="font-medium">{found.username}</span>?
      </p>
      <Form action={confirmAddressForm}>
        <input type="hidden" name="token" value={link} />
        <SubmitButton>Confirm address</SubmitButton>
      </Form>
    </AuthCard>
  );
}

function Done() {
  return (
    <AuthCard title="Email address confirmed" footer={<ToConsole />}>
      <Notice kind="success">Email for your account now goes to the new address.</Notice>
    </AuthCard>
  );
}

/** Wrong, used, taken back and too old are one thing here. */
function DeadLink() {
  return (
    <AuthCard title="This link is no longer valid" footer={<ToConsole />}>
      <HideToken />
      <Notice kind="warning">
        A link works once and expires after one day, or when the change is canceled or replaced. To get a new
        link, enter the address in your profile again.
      </Notice>
    </AuthCard>
  );
}

function ToConsole() {
  return (
    <Link href="/account/profile" className="font-medium text-accent underline underline-offset-2">
      Go to your profile
    </Link>
  );
}
