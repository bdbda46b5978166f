import type { NextConfig } from "next";

const config: NextConfig = {
  // Headers are the listener's work (server/listener.ts), for pages and everything else alike.
  poweredByHeader: false,
  generateEtags: false,
  images: { unoptimized: true },
  // Types are checked by `npm run types`, once, over the whole repository.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@node-rs/argon2",
    "@node-rs/bcrypt",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@zxcvbn-ts/core",
    "@zxcvbn-ts/language-common",
    "@zxcvbn-ts/language-en",
    "nodemailer",
    "pg",
    "pino",
    "undici",
  ],
  // The listener bounds what is sent. Written anew it is longer: a line break is two bytes, and a part has a longer boundary.
  experimental: { serverActions: { bodySizeLimit: "4mb" }, authInterrupts: true },
};

export default config;
