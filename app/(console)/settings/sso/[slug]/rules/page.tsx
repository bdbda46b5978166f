import type { Metadata } from "next";
import { Section } from "#app/(console)/settings/sso/[slug]/section.tsx";
import { can } from "#lib/kernel/actor.ts";
import { listKnownPeople, viewProvider, viewTest } from "#lib/sso/index.ts";
import type { SearchProps } from "#lib/web/page-href.ts";
import { read } from "#lib/web/read.ts";
import { currentCall } from "#lib/web/session.ts";
import { FixedRules } from "./fixed-rules.tsx";
import { Precedence } from "./precedence.tsx";
import { RulesForm } from "./rules-form.tsx";

export const metadata: Metadata = { title: "Rules" };

interface Props extends SearchProps {
  params: Promise<{ slug: string }>;
}

export default async function RulesPage({ params, searchParams }: Props) {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  const provider = await read(viewProvider, { slug });
  const { actor, at } = await currentCall("page");
  const may = (capability: "manageSettings" | "viewUsers") => can(actor, capability, at.getTime());
  const { test } = may("manageSettings") ? await read(viewTest, { slug }) : { test: undefined };
  const people = may("manageSettings") && may("viewUsers") ? await read(listKnownPeople, { slug }) : [];
  const pressed =
    typeof query.claim === "string" && typeof query.value === "string"
      ? { claim: query.claim, value: query.value }
      : undefined;
  return (
    <Section
      id="rules"
      first
      title="Which claims make which roles"
      description={<Precedence provider={provider} />}
    >
      <FixedRules provider={provider} />
      <RulesForm
        // A press on a claim adds a line to what is stored, so it is another form.
        key={JSON.stringify(pressed)}
        slug={slug}
        version={provider.version}
        stored={provider.rules}
        pressed={pressed}
        roles={provider.roles}
        first={provider.fixedRules.length + 1}
        against={[
          ...(test && !test.failure ? [{ value: "test", label: "Your test sign-in" }] : []),
          ...people.map(({ id, username, name }) => ({
            value: id,
            label: name ? `${username} (${name})` : username,
          })),
        ]}
        why={provider.why}
      />
    </Section>
  );
}
