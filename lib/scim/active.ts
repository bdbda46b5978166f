/** Whether somebody may sign in, and whether it is the provider who says so. */
export interface Activity {
  active: boolean;
  /** What the provider itself last made of it. */
  said: boolean;
}

/**
 * Switching off always holds. Switching on holds for what the provider itself had switched off: whom an administrator
 * shut out here stays out, however often a client repeats that the person is active.
 */
export function activityAfter(present: Activity, wanted: boolean | undefined): Activity {
  if (wanted === undefined) return present;
  if (wanted) return { active: present.active || !present.said, said: true };
  return { active: false, said: present.active ? false : present.said };
}
