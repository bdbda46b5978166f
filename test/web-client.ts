/** As much of a browser as signing in takes: it keeps cookies by host and port, follows redirects, and posts forms. */
export interface WebClient {
  /** Where it is now. */
  url: string;
  /** What it shows. */
  text: string;
  status: number;
  /** Every address that it was sent to, the last one included. */
  trail: string[];
  open(url: string, init?: RequestInit): Promise<void>;
  /** Fills the fields of the page's form and sends it. */
  send(fields: Record<string, string>): Promise<void>;
  cookie(origin: string, name: string): string | undefined;
  setCookie(origin: string, name: string, value: string): void;
}

/** @param stopAt an address that it does not go to, but stays before: what it was sent there with is in `url` */
export function newWebClient(stopAt: (url: string) => boolean = () => false): WebClient {
  const jars = new Map<string, Map<string, string>>();
  const jar = (origin: string) => {
    if (!jars.has(origin)) jars.set(origin, new Map());
    return jars.get(origin) as Map<string, string>;
  };
  const client: WebClient = {
    url: "",
    text: "",
    status: 0,
    trail: [],
    async open(url, init = {}) {
      let next: string | null = url;
      let request = init;
      for (let hops = 0; next !== null && hops < 20; hops += 1) {
        client.url = next;
        client.trail.push(next);
        if (stopAt(next)) return;
        const { origin } = new URL(next);
        const cookie = [...jar(origin)].map(([name, value]) => `${name}=${value}`).join("; ");
        const headers = { ...(request.headers as Record<string, string>), ...(cookie && { cookie }) };
        const answer: Response = await fetch(next, { ...request, headers, redirect: "manual" });
        for (const line of answer.headers.getSetCookie()) keep(jar(origin), line);
        client.status = answer.status;
        client.text = await answer.text();
        const location: string | null = answer.headers.get("location");
        next = location && new URL(location, next).href;
        request = {};
      }
    },
    async send(fields) {
      const action = client.text.match(/<form[^>]* action="([^"]*)"/)?.[1] ?? client.url;
      const hidden = [...client.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
      const body = new URLSearchParams({
        ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])),
        ...fields,
      });
      await client.open(new URL(action.replaceAll("&amp;", "&"), client.url).href, { method: "POST", body });
    },
    cookie: (origin, name) => jar(origin).get(name),
    setCookie: (origin, name, value) => void jar(origin).set(name, value),
  };
  return client;
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(";");
  const name = pair.slice(0, pair.indexOf("=")).trim();
  const gone = attributes.some(
    (one) =>
      /^\s*max-age=0\s*$/i.test(one) ||
      (/^\s*expires=/i.test(one) && Date.parse(one.split("=")[1] ?? "") < Date.now()),
  );
  if (gone) jar.delete(name);
  else jar.set(name, pair.slice(pair.indexOf("=") + 1));
}
