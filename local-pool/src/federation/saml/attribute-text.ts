/**
 * An assertion attribute as the text that a user attribute holds. Several values become one, `[a,b]`, each URL-form-encoded
 * (Cognito: SAML multi-value attributes). Undefined for a value that is no text.
 */
export function attributeText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((one) => typeof one === 'string');
  return `[${texts.map(formEncode).join(',')}]`;
}

function formEncode(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}
