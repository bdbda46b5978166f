import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { CspNonce } from "#components/shell/csp-nonce.tsx";
import { Providers } from "#components/shell/providers.tsx";
import { themeCookie, themeFrom } from "#components/shell/theme.ts";

export const metadata: Metadata = {
  title: { default: "Bailiwick", template: "%s · Bailiwick" },
  description: "Who may do what, and why.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** Reads the request, so that every page, the 404 too, is written for it and carries its nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const theme = themeFrom((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme} suppressHydrationWarning>
      <head>
        <CspNonce nonce={nonce} />
      </head>
      <body>
        <NuqsAdapter>
          <Providers>{children}</Providers>
        </NuqsAdapter>
      </body>
    </html>
  );
}
