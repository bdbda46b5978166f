import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inflateRawSync } from "node:zlib";
import { SignedXml } from "xml-crypto";
import { newSigner, type Signer } from "./self-signed-certificate.ts";

/** What the provider says about somebody, and to whom. Everything can be set wrong. */
export interface Said {
  issuer: string;
  responseIssuer: string | undefined;
  subject: string;
  format: string;
  nameIdExtra: string;
  attributes: Record<string, string[]>;
  friendly: Record<string, string>;
  audience: string | undefined;
  recipient: string;
  destination: string | undefined;
  /** Of the response; undefined for one that nobody asked for. */
  inResponseTo: string | undefined;
  /** Of the signed subject, when it is to differ. */
  subjectInResponseTo: string | undefined;
  assertionId: string;
  status: string;
  method: string;
  /** Milliseconds from now. */
  issued: number;
  /** When they proved there who they are. */
  authenticated: number;
  notBefore: number;
  notOnOrAfter: number;
  subjectNotOnOrAfter: number;
  sessionIndex: string;
}

/** What came in with an AuthnRequest. */
export interface Asked {
  id: string;
  acs: string;
  issuer: string;
  /** Whether the provider is to ask for a proof, however well it knows the person. */
  forceAuthn: boolean;
}

export interface Signing {
  signer: Signer;
  algorithm: string;
  digest: string;
  /** How what is signed is written down, of the signature's own words and of what it signs. */
  canonical: string;
  transform: string;
}

const sha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const digest256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const names = 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';

export const emailFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
export const persistentFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const success = "urn:oasis:names:tc:SAML:2.0:status:Success";

const newXmlId = () => `_${randomBytes(16).toString("hex")}`;
const escaped = (text: string) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

export class SamlIdentityProvider {
  readonly signer = newSigner("identity provider");
  readonly entityId: string;
  ssoUrl = "https://idp.example.com/sso";
  /** Who is signed in there: what an honest answer to the next request says. */
  says: Partial<Said> = {};

  constructor(entityId = "https://idp.example.com/saml") {
    this.entityId = entityId;
  }

  settings(more: object = {}) {
    const { entityId, ssoUrl, signer } = this;
    return { entityId, ssoUrl, certificates: [signer.certificate], buttonText: "Company sign-in", ...more };
  }

  /** What an honest provider says to a request, with whatever is to be different. */
  said(asked: Partial<Asked> & Pick<Asked, "acs" | "issuer">, different: Partial<Said> = {}): Said {
    return {
      issuer: this.entityId,
      responseIssuer: this.entityId,
      subject: "jane@example.com",
      format: emailFormat,
      nameIdExtra: "",
      attributes: {},
      friendly: {},
      audience: asked.issuer,
      recipient: asked.acs,
      destination: asked.acs,
      inResponseTo: asked.id,
      subjectInResponseTo: asked.id,
      assertionId: newXmlId(),
      status: success,
      method: "urn:oasis:names:tc:SAML:2.0:cm:bearer",
      issued: 0,
      authenticated: 0,
      notBefore: -60_000,
      notOnOrAfter: 300_000,
      subjectNotOnOrAfter: 300_000,
      sessionIndex: "session-1",
      ...this.says,
      ...different,
    };
  }

  assertion(said: Said): string {
    const attribute = ([name, values]: [string, string[]]) => {
      const known = Object.hasOwn(said.friendly, name) ? said.friendly[name] : undefined;
      const friendly = known ? ` FriendlyName="${escaped(known)}"` : "";
      const each = values.map((value) => `<saml:AttributeValue>${escaped(value)}</saml:AttributeValue>`);
      return `<saml:Attribute Name="${escaped(name)}"${friendly}>${each.join("")}</saml:Attribute>`;
    };
    const about = said.subjectInResponseTo ? ` InResponseTo="${said.subjectInResponseTo}"` : "";
    const audience = said.audience
      ? `<saml:AudienceRestriction><saml:Audience>${escaped(said.audience)}</saml:Audience></saml:AudienceRestriction>`
      : "";
    const attributes = Object.entries(said.attributes).map(attribute).join("");
    return [
      `<saml:Assertion ${names} ID="${said.assertionId}" Version="2.0" IssueInstant="${fromNow(said.issued)}">`,
      `<saml:Issuer>${escaped(said.issuer)}</saml:Issuer>`,
      `<saml:Subject><saml:NameID Format="${said.format}"${said.nameIdExtra}>${escaped(said.subject)}</saml:NameID>`,
      `<saml:SubjectConfirmation Method="${said.method}"><saml:SubjectConfirmationData Recipient="${escaped(said.recipient)}"`,
      `${about} NotOnOrAfter="${fromNow(said.subjectNotOnOrAfter)}"/></saml:SubjectConfirmation></saml:Subject>`,
      `<saml:Conditions NotBefore="${fromNow(said.notBefore)}" NotOnOrAfter="${fromNow(said.notOnOrAfter)}">${audience}</saml:Conditions>`,
      `<saml:AuthnStatement AuthnInstant="${fromNow(said.authenticated)}" SessionIndex="${said.sessionIndex}"><saml:AuthnContext>`,
      "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>",
      "</saml:AuthnContext></saml:AuthnStatement>",
      attributes && `<saml:AttributeStatement>${attributes}</saml:AttributeStatement>`,
      "</saml:Assertion>",
    ].join("");
  }

  response(said: Said, content: string): string {
    const about = said.inResponseTo ? ` InResponseTo="${said.inResponseTo}"` : "";
    const to = said.destination ? ` Destination="${escaped(said.destination)}"` : "";
    const issuer = said.responseIssuer ? `<saml:Issuer>${escaped(said.responseIssuer)}</saml:Issuer>` : "";
    return [
      `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ${names} ID="${newXmlId()}" Version="2.0"`,
      ` IssueInstant="${fromNow(0)}"${to}${about}>${issuer}`,
      `<samlp:Status><samlp:StatusCode Value="${said.status}"/></samlp:Status>${content}</samlp:Response>`,
    ].join("");
  }

  /** Signs the element of this name, its signature after its issuer. */
  sign(xml: string, element: "Assertion" | "Response", different: Partial<Signing> = {}): string {
    const { signer = this.signer, algorithm = sha256, digest = digest256 } = different;
    const { canonical = exclusive, transform = exclusive } = different;
    const xpath = `//*[local-name(.)='${element}']`;
    const signature = new SignedXml({
      privateKey: signer.privateKey,
      publicCert: signer.certificate,
      signatureAlgorithm: algorithm,
      canonicalizationAlgorithm: canonical,
    });
    signature.addReference({ xpath, transforms: [enveloped, transform], digestAlgorithm: digest });
    const reference = `${xpath}/*[local-name(.)='Issuer']`;
    signature.computeSignature(xml, { prefix: "ds", location: { reference, action: "after" } });
    return signature.getSignedXml();
  }

  /** A response that an honest provider would send, as XML. */
  honest(said: Said, different: Partial<Signing> = {}): string {
    return this.response(said, this.sign(this.assertion(said), "Assertion", different));
  }

  metadata(): string {
    const bare = this.signer.certificate.replace(/-----[A-Z ]+-----|\s/g, "");
    return `<?xml version="1.0" encoding="UTF-8"?>
<!-- made for a test -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${this.entityId}">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
      <ds:X509Certificate>${bare}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${this.ssoUrl}/post"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${this.ssoUrl}"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`;
  }

  /** Takes sign-in requests over HTTP and answers with the page that posts the response, as providers do. */
  async listen(): Promise<Server> {
    const server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? "/", "http://idp");
      const asked = readRequest(searchParams.get("SAMLRequest") ?? "");
      const sent = encode(this.honest(this.said(asked)));
      response.writeHead(200, { "content-type": "text/html" });
      response.end(
        `<!doctype html><title>Signing in</title><form method="post" action="${asked.acs}"><input type="hidden" name="SAMLResponse" value="${sent}"><button>Continue</button></form><script>document.forms[0].submit()</script>`,
      );
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    // The console is at 127.0.0.1: to a browser these are two sites, as they are in life.
    this.ssoUrl = `http://localhost:${(server.address() as AddressInfo).port}/sso`;
    return server;
  }
}

export const encode = (xml: string): string => Buffer.from(xml, "utf8").toString("base64");

/** An AuthnRequest as it stands in a redirect. */
export function readRequest(sent: string): Asked {
  const xml = inflateRawSync(Buffer.from(sent, "base64")).toString("utf8");
  const find = (pattern: RegExp) => pattern.exec(xml)?.[1] ?? "";
  return {
    id: find(/ ID="([^"]+)"/),
    acs: find(/AssertionConsumerServiceURL="([^"]+)"/),
    issuer: find(/<saml:Issuer[^>]*>([^<]+)</),
    forceAuthn: / ForceAuthn="true"/.test(xml),
  };
}
