import type { Metadata } from "next";
import { Fragment } from "react";
import { Form } from "#components/form/form.tsx";
import { IdentityFields } from "#components/form/identity-fields.tsx";
import { SubmitButton } from "#components/form/submit-button.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { viewOwnProfile } from "#lib/accounts/index.ts";
import { read } from "#lib/web/read.ts";
import { cancelNewAddressForm, editOwnProfileForm } from "./actions.ts";

export const metadata: Metadata = { title: "Profile" };

export default async function ProfilePage() {
  const profile = await read(viewOwnProfile, {});
  return (
    <>
      <PageHeader
        title="Profile"
        description={`Signed in as ${profile.username}. Usernames cannot be changed.`}
      />
      {profile.editWhy && (
        <Notice kind="info" className="mb-4 max-w-xl">
          {profile.editWhy}
        </Notice>
      )}
      {profile.waiting && (
        <Notice
          kind="info"
          title={`Confirm your new email address: ${profile.waiting.email}`}
          className="mb-4 max-w-xl"
        >
          <p className="mb-2">
            Open the link in the email that we sent there. It expires in one day. Until you confirm the new
            address, {profile.email} stays in use.
          </p>
          <Form action={cancelNewAddressForm} aria-label="New email address">
            <div>
              <SubmitButton variant="secondary">Keep current address</SubmitButton>
            </div>
          </Form>
        </Notice>
      )}
      <Form action={editOwnProfileForm} className="max-w-xl" aria-label="Profile">
        {/* A saved profile is a new row to edit: the fields start from it. The form stays, as it has the answer. */}
        <Fragment key={profile.version}>
          <input type="hidden" name="version" value={profile.version} />
          <IdentityFields own withoutUsername readOnly={profile.editWhy !== undefined} values={profile} />
        </Fragment>
        <div>
          <SubmitButton disabledReason={profile.editWhy}>Save profile</SubmitButton>
        </div>
      </Form>
    </>
  );
}
