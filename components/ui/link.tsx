import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * A link inside the console. It fetches nothing ahead: every page is made for its reader at that moment,
 * and a list of 25 people would ask the server for some 70 pages that nobody opens.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
