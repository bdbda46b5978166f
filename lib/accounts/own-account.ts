export const ownRow = {
  id: true,
  username: true,
  email: true,
  givenName: true,
  familyName: true,
  passwordHash: true,
  emailUnproven: true,
  version: true,
} as const;
