/** The look of a box to type or choose in. */
export const controlClass =
  "w-full min-h-9 rounded-md border border-edge bg-surface px-2.5 text-sm text-ink placeholder:text-mute hover:border-soft aria-invalid:border-high disabled:bg-sunken disabled:text-mute [&[readonly]]:bg-sunken focus-visible:outline-offset-0 pointer-coarse:min-h-11 pointer-coarse:text-base";
