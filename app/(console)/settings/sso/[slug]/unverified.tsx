import { Notice } from "#components/ui/notice.tsx";
import { listUnverified, type ProviderView, type UnverifiedPerson } from "#lib/sso/index.ts";
import { read } from "#lib/web/read.ts";
import { Section } from "./section.tsx";

const said: Record<UnverifiedPerson["said"], string> = {
  no: "says that it is not verified",
  nothing: "says nothing of it",
  "something else": "says something that is neither yes nor no",
};

/** Whom the switch for addresses that are not verified is about: people whose address the provider did not vouch for. */
export async function Unverified({ provider }: { provider: ProviderView }) {
  const { slug, label, settings } = provider;
  const { people, known, more } = await read(listUnverified, { provider: slug });
  if (people.length === 0) return null;
  const trusted = settings.trustUnverifiedEmail === true;
  const count = `${people.length.toLocaleString("en")}${more ? " and more" : ""} of ${known.toLocaleString("en")}`;
  return (
    <Section
      id="unverified"
      title="Addresses that nobody has verified"
      description={`${label} did not vouch for the address of ${count} people who have come through it.`}
    >
      <Notice kind={trusted ? "warning" : "info"}>
        {trusted
          ? "Such addresses are trusted: anybody who can write one of these into a profile there is taken for the person here who has it, the first time that they come."
          : "They still get in, because they are known. Somebody like them who comes for the first time is turned away, unless you trust such addresses in the settings above."}
      </Notice>
      <details className="mt-3">
        <summary className="min-h-6 cursor-pointer content-center text-sm font-medium">Show them</summary>
        <ul className="mt-2 grid gap-1 text-sm">
          {people.map(({ id, username, email, said: word }) => (
            <li key={id} className="wrap-anywhere">
              <span className="font-medium">{username}</span>{" "}
              <span className="text-soft">
                {email ?? "no address"}: {label} {said[word]}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}
