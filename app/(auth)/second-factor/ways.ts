export const ways = ["app", "passkey", "recovery-code"] as const;
export type Way = (typeof ways)[number];

/** What somebody has enrolled, so what they may show. */
export interface Open {
  totp: boolean;
  passkey: boolean;
  recoveryCode: boolean;
}

export const isOpen = (open: Open, way: Way): boolean =>
  ({ app: open.totp, passkey: open.passkey, "recovery-code": open.recoveryCode })[way];

/** The one that was asked for, if they have it; otherwise the first that they have. */
export function chooseWay(open: Open, wanted: unknown): Way {
  const asked = ways.find((way) => way === wanted && isOpen(open, way));
  return asked ?? ways.find((way) => isOpen(open, way)) ?? "recovery-code";
}
