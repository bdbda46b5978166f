import type { Said, SamlIdentityProvider } from "./saml-provider.ts";
import { newSigner } from "./self-signed-certificate.ts";

const other = newSigner("somebody else");

/** What an attacker makes of honest material; `evil` says what the attacker would like to be believed. */
export interface Material {
  idp: SamlIdentityProvider;
  said: Said;
  evil: Said;
}

type Attack = (material: Material) => string;

const insideOf = (assertion: string, inner: string) =>
  assertion.replace("</saml:Assertion>", `${inner}</saml:Assertion>`);
const signatureIn = (xml: string) => /<ds:Signature.*?<\/ds:Signature>/s.exec(xml)?.[0] ?? "";
const without = (xml: string, part: string) => xml.replace(part, "");
const withObject = (signature: string, inner: string) =>
  signature.replace("</ds:Signature>", `<ds:Object>${inner}</ds:Object></ds:Signature>`);
const afterIssuer = (assertion: string, inner: string) =>
  assertion.replace("</saml:Issuer>", `</saml:Issuer>${inner}`);

function parts({ idp, said, evil }: Material) {
  const signed = idp.sign(idp.assertion(said), "Assertion");
  const signature = signatureIn(signed);
  const wrong = idp.assertion({ ...evil, assertionId: `${said.assertionId}evil` });
  return {
    signed,
    signature,
    bare: without(signed, signature),
    wrong,
    respond: (content: string) => idp.response(said, content),
  };
}

function signedResponse({ idp, said, evil }: Material) {
  const whole = idp.sign(idp.response(said, idp.assertion(said)), "Response");
  const signature = signatureIn(whole);
  const wrong = idp.response(evil, idp.assertion({ ...evil, assertionId: `${said.assertionId}evil` }));
  return { bare: without(whole, signature), signature, wrong };
}

/** The eight ways of wrapping a signature that are known by these numbers, and a few more. */
export const wrappings: Record<string, Attack> = {
  "XSW1, the signed response inside the signature of another": (material) => {
    const { bare, signature, wrong } = signedResponse(material);
    return afterIssuer(wrong, withObject(signature, bare));
  },
  "XSW2, the signed response beside its signature in another": (material) => {
    const { bare, signature, wrong } = signedResponse(material);
    return afterIssuer(wrong, bare + signature);
  },
  "XSW3, another assertion before the signed one": (material) => {
    const { signed, wrong, respond } = parts(material);
    return respond(wrong + signed);
  },
  "XSW4, the signed assertion within another": (material) => {
    const { signed, wrong, respond } = parts(material);
    return respond(insideOf(wrong, signed));
  },
  "XSW5, another assertion with the signature, the signed one after it": (material) => {
    const { signature, bare, wrong, respond } = parts(material);
    return respond(afterIssuer(wrong, signature) + bare);
  },
  "XSW6, the signed assertion within the signature of another": (material) => {
    const { signature, bare, wrong, respond } = parts(material);
    return respond(afterIssuer(wrong, withObject(signature, bare)));
  },
  "XSW7, another assertion in an extension": (material) => {
    const { signed, wrong, respond } = parts(material);
    return respond(`<samlp:Extensions>${wrong}</samlp:Extensions>${signed}`);
  },
  "XSW8, another assertion within the signature of the signed one": (material) => {
    const { signed, signature, wrong, respond } = parts(material);
    return respond(signed.replace(signature, withObject(signature, wrong)));
  },
  "another assertion with the same ID": (material) => {
    const { signed, respond, wrong } = parts(material);
    return respond(wrong.replace(`${material.said.assertionId}evil`, material.said.assertionId) + signed);
  },
  "the signature moved to an assertion of another ID": (material) => {
    const { signature, wrong, respond } = parts(material);
    return respond(afterIssuer(wrong, signature));
  },
  "an assertion of no namespace that hides a signed one": (material) => {
    const { signed, respond } = parts(material);
    return respond(`<Assertion xmlns="urn:x"><Advice>${signed}</Advice></Assertion>`);
  },
  "a second signature in the assertion": (material) => {
    const { signed, signature, respond } = parts(material);
    return respond(signed.replace(signature, signature + signature));
  },
  "a signature that stands elsewhere": (material) => {
    const { signed, signature, respond } = parts(material);
    return respond(`<samlp:Extensions>${signature}</samlp:Extensions>${signed}`);
  },
  "another element with the assertion's ID, spelt otherwise": (material) => {
    const { signed, respond } = parts(material);
    return respond(`<samlp:Extensions><a Id="${material.said.assertionId}"/></samlp:Extensions>${signed}`);
  },
  "two assertions, both signed": ({ idp, said }) => {
    const one = idp.sign(idp.assertion(said), "Assertion");
    const two = idp.sign(idp.assertion({ ...said, assertionId: `${said.assertionId}two` }), "Assertion");
    return idp.response(said, one + two);
  },
};

const sha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
const inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const digest1 = "http://www.w3.org/2000/09/xmldsig#sha1";

/** Attacks on signature and text, each with the reason that it is refused for. */
export const forgeries: Record<string, { reason: string; attack: Attack }> = {
  "nothing signed": {
    reason: "saml_unsigned",
    attack: ({ idp, evil }) => idp.response(evil, idp.assertion(evil)),
  },
  "only the response signed": {
    reason: "saml_unsigned",
    attack: ({ idp, said }) => idp.sign(idp.response(said, idp.assertion(said)), "Response"),
  },
  "signed with another key, whose certificate comes along": {
    reason: "saml_signature",
    attack: ({ idp, evil }) => idp.honest(evil, { signer: other }),
  },
  "signed with SHA-1": {
    reason: "saml_algorithm",
    attack: ({ idp, said }) => idp.honest(said, { algorithm: sha1 }),
  },
  "a digest with SHA-1": {
    reason: "saml_algorithm",
    attack: ({ idp, said }) => idp.honest(said, { digest: digest1 }),
  },
  "its words written down in another way": {
    reason: "saml_algorithm",
    attack: ({ idp, said }) => idp.honest(said, { canonical: inclusive }),
  },
  "what it signs written down in another way": {
    reason: "saml_algorithm",
    attack: ({ idp, said }) => idp.honest(said, { transform: inclusive }),
  },
  "a key before the signature's own words": {
    reason: "saml_shape",
    attack: ({ idp, said }) =>
      idp
        .honest(said)
        .replace(/(<ds:SignedInfo.*<\/ds:SignatureValue>)(<ds:KeyInfo.*<\/ds:KeyInfo>)/s, "$2$1"),
  },
  "an honest response around a forged assertion": {
    reason: "saml_signature",
    attack: ({ idp, said }) => idp.sign(idp.honest(said, { signer: other }), "Response"),
  },
  "more than anybody has to say": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) => idp.honest({ ...said, attributes: { groups: ["x".repeat(270_000)] } }),
  },
  "changed after signing": {
    reason: "saml_signature",
    attack: ({ idp, said, evil }) => idp.honest(said).replace(said.subject, evil.subject),
  },
  "an attribute added after signing": {
    reason: "saml_signature",
    attack: ({ idp, said }) =>
      insideOf(
        idp.honest(said),
        '<saml:AttributeStatement><saml:Attribute Name="groups"><saml:AttributeValue>admins</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>',
      ),
  },
  "an honest assertion in a response with a wrong signature": {
    reason: "saml_signature",
    attack: ({ idp, said }) => {
      const inner = idp.honest(said);
      const around = idp.sign(idp.response(said, ""), "Response", { signer: other });
      const id = /<samlp:Response[^>]* ID="([^"]+)"/.exec(inner)?.[1] ?? "";
      const signature = signatureIn(around).replace(/URI="#[^"]+"/, `URI="#${id}"`);
      return inner.replace("</saml:Issuer><samlp:Status>", `</saml:Issuer>${signature}<samlp:Status>`);
    },
  },
  "the signature emptied": {
    reason: "saml_shape",
    attack: ({ idp, said }) => idp.honest(said).replace(/<ds:SignatureValue>[^<]*</, "<ds:SignatureValue><"),
  },
  "a comment that cuts the name short": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) =>
      idp
        .honest({ ...said, subject: "jane@example.com.evil.test" })
        .replace(".evil.test", "<!-- -->.evil.test"),
  },
  "a section that hides part of the name": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) => idp.honest(said).replace("jane@", "<![CDATA[jane]]>@"),
  },
  "a document type": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) => `<!DOCTYPE samlp:Response>${idp.honest(said)}`,
  },
  "an entity that reads a file": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) =>
      `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${idp.honest(said).replace("jane@", "&x;@")}`,
  },
  "entities that grow without end": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) =>
      `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>${idp.honest(said).replace("jane@", "&c;@")}`,
  },
  "an entity of nobody": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) => idp.honest(said).replace("jane@", "&nobody;@"),
  },
  "an instruction to the reader": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) => idp.honest(said).replace("jane@", "jane<?x y?>@"),
  },
  "two documents in one": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) => idp.honest(said) + idp.honest(said),
  },
  "nothing but text": { reason: "saml_unreadable", attack: () => "not xml" },
  "something else than a response": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) => idp.sign(idp.assertion(said), "Assertion"),
  },
  "elements so deep that a reader falls over": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) => idp.response(said, `${"<a>".repeat(4000)}${"</a>".repeat(4000)}`),
  },
  "attributes without end": {
    reason: "saml_unreadable",
    attack: ({ idp, said }) =>
      idp.response(said, `<a ${Array.from({ length: 12_000 }, (_, at) => `a${at}=""`).join(" ")}/>`),
  },
  "a response of another version": {
    reason: "saml_shape",
    attack: ({ idp, said }) => idp.honest(said).replace('Version="2.0"', 'Version="1.1"'),
  },
  "an encrypted assertion": {
    reason: "saml_encrypted",
    attack: ({ idp, said }) => idp.response(said, "<saml:EncryptedAssertion/>"),
  },
};
