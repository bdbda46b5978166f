"use client";
import { useState } from "react";

/**
 * Tells React Aria the nonce of this document, for the few style elements that it adds.
 * A refresh brings the nonce of another answer, which this document would refuse: the first one stays.
 */
export function CspNonce({ nonce }: { nonce: string | undefined }) {
  const [first] = useState(nonce);
  return <meta property="csp-nonce" nonce={first} suppressHydrationWarning />;
}
