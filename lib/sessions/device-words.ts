/** In this order: the first that fits is it, since most browsers also claim to be the ones below them. */
const browsers: readonly [RegExp, string][] = [
  [/\b(?:Edg|EdgA|EdgiOS)\/(\d+)/, "Edge"],
  [/\bOPR\/(\d+)/, "Opera"],
  [/\bVivaldi\/(\d+)/, "Vivaldi"],
  [/\bSamsungBrowser\/(\d+)/, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/, "Chrome"],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//, "Safari"],
];

const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/**
 * What somebody calls their device: "Firefox 140 on Windows". Out of the User-Agent header, which is the browser's own
 * word: it helps people to recognise a session and decides nothing.
 */
export function deviceWords(agent: string | null | undefined): string {
  const system = systems.find(([sign]) => sign.test(agent ?? ""))?.[1];
  const browser = browserIn(agent ?? "");
  if (browser) return system ? `${browser} on ${system}` : browser;
  return system ? `A browser on ${system}` : "Unknown device";
}

function browserIn(agent: string): string | undefined {
  for (const [sign, name] of browsers) {
    const version = sign.exec(agent)?.[1];
    if (version) return `${name} ${version}`;
  }
  return undefined;
}
