"use client";

/** The last resort, when even the layout fails: no styles to rely on, and nothing of the cause but its reference. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>Something went wrong</h1>
          <p>
            Reload the page. If this keeps happening, contact your administrator
            {error.digest && ` and include reference ${error.digest}`}.
          </p>
        </main>
      </body>
    </html>
  );
}
