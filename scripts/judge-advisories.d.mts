export interface Advisory {
  id: string;
  name: string;
  title: string;
  severity: string;
}
export interface Accepted {
  id: string;
  reason: string;
  until: string;
}
export function judgeAdvisories(
  report: object,
  accepted: Partial<Accepted>[],
  today: string,
): { open: Advisory[]; grave: Advisory[]; incomplete: Partial<Accepted>[]; outdated: Partial<Accepted>[] };
