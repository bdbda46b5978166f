import type { SamlProvider } from "#lib/providers/index.ts";
import type { Vouched } from "#lib/sso/index.ts";
import type { SamlAddresses } from "./addresses.ts";
import { type Checked, checkAssertion, checkResponse } from "./check-assertion.ts";
import { checkShape } from "./check-shape.ts";
import { decodeResponse } from "./decode-response.ts";
import { vouchedBy } from "./read-profile.ts";
import { samlRefusal } from "./refusals.ts";
import { signedAssertion } from "./verify-signature.ts";

export interface Judged extends Checked {
  vouched: Vouched;
  /** The request that it says it answers; undefined when nobody asked. */
  inResponseTo: string | undefined;
}

/**
 * Everything about a response that can be told without looking anything up: read, built as it has to be, signed by
 * this provider, for us, now. Whether it answers a request of ours, and for the first time, is the caller's to find out.
 */
export async function judgeResponse(
  provider: SamlProvider,
  own: SamlAddresses,
  sent: string,
  at: number,
): Promise<Judged> {
  const { xml, document } = decodeResponse(sent);
  const shape = checkShape(document);
  const { response, responseSigned, inResponseTo } = shape;
  const { entityId: issuer, allowIdpInitiated } = provider.settings;
  if (inResponseTo === undefined && !allowIdpInitiated) throw samlRefusal("saml_unsolicited");
  const assertion = await signedAssertion(provider, own, xml, shape);
  const expected = { issuer, own, inResponseTo, at };
  checkResponse(response, expected, responseSigned);
  const checked = checkAssertion(assertion, expected);
  return { ...checked, inResponseTo, vouched: vouchedBy(provider, assertion, own.entityId) };
}
