/**
 * What a document may be at most, told before anything is built of it: the parser, XPath and canonicalisation look at
 * every name again for each element around it, and at every attribute for each of its neighbours. Real answers and
 * metadata stay under a third of each.
 */
export const xmlLimits = {
  characters: 262_144,
  elements: 5_000,
  depth: 40,
  /** Different names of elements and attributes: the parser looks for the last end of each in the whole document. */
  names: 300,
  /** Of an element and of all around it: namespaces count along. */
  attributesInScope: 150,
  /** Of the whole document. */
  attributes: 8_000,
};
