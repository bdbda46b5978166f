const headEnd = "\r\n\r\n";

/** Bytes of the headers of one field: there is one, with a name of at most 256 bytes. None of our forms sends files. */
const longestHead = `\r\ncontent-disposition: form-data; name=""${headEnd}`.length + 256;

/**
 * How many fields a form in parts has, before it is parsed: that takes time by the part and by the header, however little
 * is in them. Whatever has the boundary in it counts, as it does for Node's parser, and nobody counts beyond `most`.
 * @returns undefined when it is no such form, or the headers of a field are too long
 */
export function countParts(body: Buffer, contentType: string, most: number): number | undefined {
  const boundary = Buffer.from(boundaryOf(contentType) ?? "");
  const dashes = body.subarray(0, 2).toString("latin1");
  if (boundary.length === 0 || dashes !== "--" || body.indexOf(boundary) !== 2) return undefined;
  let parts = 0;
  let at = 2 + boundary.length;
  // The last one is the end of the form.
  for (let next = body.indexOf(boundary, at); next !== -1; next = body.indexOf(boundary, at)) {
    if (!body.subarray(at, at + longestHead).includes(headEnd)) return undefined;
    parts += 1;
    if (parts > most) break;
    at = next + boundary.length;
  }
  return parts;
}

/** As RFC 2046 has it: up to 70 letters, which are quoted where others than these stand among them. */
function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;\s*boundary=(?:"([\w'()+,./:=?-]{1,70})"|([\w'+.-]{1,70}))\s*$/i.exec(
      contentType,
    ) ?? [];
  return quoted ?? plain;
}
