/** A page as a person without JavaScript has it. */
export interface Page {
  status: number;
  headers: Headers;
  text: string;
  /** The address of the page, or where it redirects to. */
  location: string;
}

/** A browser reduced to cookies and forms, so that each test sees every single response. */
export interface FormBrowser {
  cookies: Map<string, string>;
  get(address: string): Promise<Page>;
  /** Posts the page's form that goes to `action`, with its hidden fields and what is typed. */
  submit(page: Page, action: string, typed?: Record<string, string>): Promise<Page>;
  /** Posts any fields to any address. */
  post(address: string, fields: Record<string, string>): Promise<Page>;
}

function decodeEntities(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function hiddenFields(form: string): Record<string, string> {
  const inputs = form.matchAll(/<input (?:type="hidden"|hidden) ?[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"/g);
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, decodeEntities(value)]));
}

/** @param base the local pool's address. */
export function openFormBrowser(base: string): FormBrowser {
  const cookies = new Map<string, string>();

  async function send(address: string, init: RequestInit): Promise<Page> {
    const url = new URL(address, base);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: location === null ? url.href : new URL(location, url).href,
    };
  }

  const post = (address: string, fields: Record<string, string>) =>
    send(address, { method: 'POST', body: new URLSearchParams(fields) });

  return {
    cookies,
    get: (address) => send(address, {}),
    post,
    submit(page, action, typed = {}) {
      const forms = [...page.text.matchAll(/<form method="post" action="([^"]+)">([\s\S]*?)<\/form>/g)];
      const form = forms.find(([, target = '']) =>
        new URL(decodeEntities(target), base).pathname.endsWith(`/${action}`),
      );
      if (form === undefined) throw new Error(`The page has no form that goes to ${action}.`);
      return post(decodeEntities(form[1] ?? ''), { ...hiddenFields(form[2] ?? ''), ...typed });
    },
  };
}
