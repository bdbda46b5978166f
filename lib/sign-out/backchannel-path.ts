/** Where a provider says that somebody has signed out there: behind our address, what an administrator registers. */
export const backchannelLogoutPath = (slug: string): string => `/api/auth/backchannel-logout/${slug}`;
