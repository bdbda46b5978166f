import { outageWords } from "#lib/kernel/outage-words.ts";
import type { Failure } from "#lib/kernel/request-failure.ts";
import type { SentForm } from "./sent-form.ts";

/** What takes the place of a page: complete by itself, since neither the pages nor the database need to work for it. */
export function failurePage(options: {
  failure: Failure;
  /** Path and query of the page, to try again. */
  path: string;
  nonce: string;
  /** What the person chose for all pages. */
  theme: string | undefined;
  /** A form that was sent without scripts. */
  form?: SentForm | undefined;
}): string {
  const { failure, path, nonce, theme, form } = options;
  const { title, text } = wordsFor(failure);
  const dark = theme === "dark" || theme === "light" ? ` data-theme="${theme}"` : "";
  return `<!doctype html>
<html lang="en"${dark}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Bailiwick</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main id="content" data-reason="${failure.status === 503 ? escaped(failure.reason) : "bug"}">
<h1>${title}</h1>
<p>${text}</p>
${failure.status === 500 ? `<p>Reference <code>${escaped(failure.reference)}</code></p>\n` : ""}${form ? again(form, path) : `<p><a class="button" href="${escaped(path)}">Try again</a></p>`}
</main>
</body>
</html>
`;
}

function wordsFor(failure: Failure): { title: string; text: string } {
  const outage = failure.status === 503 ? outageWords(failure.reason) : undefined;
  if (outage) return outage;
  return {
    title: "Something went wrong",
    text: "If this keeps happening, contact your administrator and include this reference.",
  };
}

/** The form once more, with what was typed; secrets are typed again. */
function again({ kept, secrets }: SentForm, path: string): string {
  const hidden = kept.map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const typed = secrets.map(
    (name) =>
      `<p><label>${escaped(labelOf(name))}<input type="password" name="${escaped(name)}" autocomplete="off"></label></p>`,
  );
  const more =
    secrets.length > 0
      ? "Passwords and codes are not kept. Enter them again."
      : "You do not need to enter them again.";
  return `<p>Your entries are kept. ${more}</p>
<form method="post" enctype="multipart/form-data" action="${escaped(path)}">
${[...hidden, ...typed].join("\n")}
<p><button class="button">Try again</button></p>
</form>`;
}

/** "Current password" of `currentPassword`. */
function labelOf(name: string): string {
  const words = name
    .replace(/[A-Z]/g, " $&")
    .replace(/[^A-Za-z0-9]+/g, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** The colours of app/globals.css. */
const style = `
:root { color-scheme: light dark; }
:root[data-theme=light] { color-scheme: light; }
:root[data-theme=dark] { color-scheme: dark; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; font: 1rem/1.5 ui-sans-serif, system-ui, sans-serif;
  background: light-dark(oklch(0.985 0.002 270), oklch(0.178 0.006 270)); color: light-dark(oklch(0.425 0.014 270), oklch(0.775 0.01 270)); }
main { box-sizing: border-box; width: 100%; max-width: 32rem; padding: 2rem 1.5rem; text-align: center; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.25rem; color: light-dark(oklch(0.235 0.012 270), oklch(0.945 0.004 270)); }
p { margin: 1rem 0 0; }
label { display: grid; gap: 0.375rem; text-align: start; }
input { box-sizing: border-box; width: 100%; min-height: 2.75rem; padding: 0 0.75rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid light-dark(oklch(0.61 0.012 270), oklch(0.57 0.014 270)); border-radius: 0.375rem; }
.button { display: inline-block; box-sizing: border-box; min-height: 2.75rem; padding: 0.5rem 1.25rem; font: inherit; font-weight: 600; line-height: 1.75rem;
  color: #fff; background: light-dark(oklch(0.5 0.2 281), oklch(0.545 0.19 282)); border: 1px solid transparent; border-radius: 0.375rem; text-decoration: none; cursor: pointer; }
:focus-visible { outline: 2px solid light-dark(oklch(0.55 0.21 281), oklch(0.75 0.14 285)); outline-offset: 2px; }
`;
