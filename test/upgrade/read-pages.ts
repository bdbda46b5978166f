import type { Recording } from "./manifest.ts";
import type { Story } from "./story.ts";

const awkwardSearch = encodeURIComponent("d'Artagnan");

/** Pages that the owner can read, with words that are there by the data and not by the wording. */
export async function readPages(address: string, story: Story): Promise<Recording["pages"]> {
  const wanted = [
    { path: "/settings/users", words: [] },
    { path: "/settings/users?q=owner", words: ["owner@example.com", "Olivia"] },
    { path: `/settings/users?q=${awkwardSearch}`, words: ["d'Artagnan", "constructor"] },
    { path: "/settings/roles", words: [story.catalogue.roles[0]?.label ?? ""] },
    { path: "/settings/roles/tools", words: [] },
    { path: `/settings/roles/role/${story.roles[0]}`, words: [] },
    { path: "/settings/roles/role/constructor", words: ["constructor"] },
    { path: "/settings/sessions", words: ["owner"] },
    { path: "/settings/organizations", words: ["Ärzte & Söhne <GmbH>", "شركة"] },
    { path: "/settings/access-requests", words: [] },
    { path: "/settings/attributes/data_source", words: ["L'été à 🕰"] },
    { path: "/settings/attributes/data_source/groups", words: ["europe"] },
    { path: "/settings/sso", words: ["Company sign-in é"] },
    { path: "/settings/sso/company", words: ["Login with <Company> & Co"] },
    { path: "/settings/sso/company/rules", words: ["it's operators"] },
    { path: "/settings/sso/saml-company", words: [] },
    { path: "/settings/sso/provisioning", words: ["Okta's token 🔌"] },
    { path: "/settings/security", words: ["43200"] },
    { path: "/account", words: ["owner"] },
    { path: "/account/access", words: [] },
    { path: "/account/second-factor", words: [] },
    { path: "/account/sessions", words: [] },
  ];
  const cookie = `bailiwick-session=${story.account("owner").sessions[0]}`;
  const answered = [];
  for (const page of wanted) {
    const response = await fetch(address + page.path, { headers: { cookie }, redirect: "manual" });
    const text = await response.text();
    if (response.status === 200 && page.words.every((word) => text.includes(escaped(word))))
      answered.push(page);
    else process.stdout.write(`left out: ${page.path} answers ${response.status}\n`);
  }
  return answered;
}

/** As React writes it. */
const escaped = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("'", "&#x27;")
    .replaceAll('"', "&quot;");
