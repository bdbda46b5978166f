import { expect, test } from "vitest";
import { isPlainXml } from "./is-plain-xml.ts";
import { xmlLimits } from "./xml-limits.ts";

const some = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => one(index)).join("");
const nested = (depth: number, opening: (index: number) => string = () => "<a>") =>
  some(depth, opening) + "</a>".repeat(depth);

test.each([
  ["a declaration, white space and references", '<?xml version="1.0"?>\n<a b=\'"\'>&amp;&#x20;<b/>\n</a >\n'],
  ["prefixes and letters of any script", '<é:ü xmlns:é="u" é:x.y-z="名">名</é:ü>'],
  ["elements within elements", nested(xmlLimits.depth)],
  ["elements beside elements", `<a>${"<b/>".repeat(xmlLimits.elements - 1)}</a>`],
  ["many names", `<a>${some(xmlLimits.names - 1, (index) => `<b${index}/>`)}</a>`],
  ["attributes", `<a ${some(xmlLimits.attributesInScope, (index) => ` a${index}=""`)}/>`],
])("plain: %s", (_what, text) => {
  expect(isPlainXml(text)).toBe(true);
});

test.each([
  ["nothing", ""],
  ["no element", "text"],
  ["text before it", "x<a/>"],
  ["text after it", "<a/>x"],
  ["a second element", "<a/><b/>"],
  ["an element that never ends", "<a><b></b>"],
  ["an end of nothing", "<a/></a>"],
  ["an end of another", "<a><b></a></b>"],
  ["a comment", "<a><!-- --></a>"],
  ["a section", "<a><![CDATA[x]]></a>"],
  ["a document type", "<!DOCTYPE a><a/>"],
  ["an instruction", "<a><?b c?></a>"],
  ["a second declaration", '<?xml version="1.0"?><?xml version="1.0"?><a/>'],
  ["an attribute without quotes", "<a b=c/>"],
  ["an attribute without a value", "<a b/>"],
  ["attributes with nothing between them", '<a b="" c=""d=""/>'],
  ["a bracket within an attribute", '<a b="<"/>'],
  ["an entity of nobody", "<a>&x;</a>"],
  ["an ampersand", "<a>a & b</a>"],
  ["a character that XML does not have", "<a>\u0000</a>"],
  ["an end of a line that readers take differently", "<a>\u2029</a>"],
  ["an element too deep", nested(xmlLimits.depth + 2)],
  ["an element too many", `<a>${"<b/>".repeat(xmlLimits.elements)}</a>`],
  ["a name too many", `<a>${some(xmlLimits.names, (index) => `<b${index}/>`)}</a>`],
  ["an attribute too many", `<a ${some(xmlLimits.attributesInScope + 1, (index) => ` a${index}=""`)}/>`],
  [
    "too many namespaces around one element",
    nested(31, () => `<a ${some(5, (one) => ` xmlns:n${one}="u"`)}>`),
  ],
  ["too many attributes altogether", `<a>${'<b c="" d=""/>'.repeat(xmlLimits.attributes / 2 + 1)}</a>`],
  ["too much text", `<a>${"x".repeat(xmlLimits.characters)}</a>`],
])("not plain: %s", (_what, text) => {
  expect(isPlainXml(text)).toBe(false);
});
