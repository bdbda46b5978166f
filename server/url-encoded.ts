/**
 * The fields of a form that is URL-encoded. They are counted before they are parsed, because Node takes quadratic time for
 * many of them: a megabyte of `&a` would hold up everybody for seconds.
 * @returns undefined when there are more than `most`
 */
export function urlEncoded(text: string, most: number): URLSearchParams | undefined {
  let fields = 1;
  for (let at = text.indexOf("&"); at !== -1; at = text.indexOf("&", at + 1)) {
    fields += 1;
    if (fields > most) return undefined;
  }
  return new URLSearchParams(text);
}
