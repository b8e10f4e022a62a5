export interface Form {
  action: URL;
  hidden: Record<string, string>;
}

const decodeEntities = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : decodeEntities(value);
}

/** @returns the page's form that has a field of this name, with its hidden fields as they stand */
export function formWith(page: { text: string; url: URL }, field: string): Form | undefined {
  for (const [, tag = '', content = ''] of page.text.matchAll(/(<form\b[^>]*>)([\s\S]*?)<\/form>/g)) {
    const inputs = [...content.matchAll(/<input\b[^>]*>/g)].map(([input]) => input);
    if (!inputs.some((input) => attribute(input, 'name') === field)) continue;
    const hidden = inputs.filter((input) => /\stype="hidden"/.test(input));
    return {
      action: new URL(attribute(tag, 'action') ?? '', page.url),
      hidden: Object.fromEntries(
        hidden.map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']),
      ),
    };
  }
  return undefined;
}
