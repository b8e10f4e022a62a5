import type { Field } from './field.ts';

const known: Record<string, Pick<Field, 'label' | 'autocomplete' | 'type' | 'hint'>> = {
  address: { label: 'Address', autocomplete: 'street-address' },
  birthdate: { label: 'Date of birth', autocomplete: 'bday', type: 'date' },
  email: { label: 'Email', autocomplete: 'email', type: 'email' },
  family_name: { label: 'Family name', autocomplete: 'family-name' },
  gender: { label: 'Gender', autocomplete: 'sex' },
  given_name: { label: 'Given name', autocomplete: 'given-name' },
  locale: { label: 'Language', autocomplete: 'language', hint: 'For example en-GB' },
  middle_name: { label: 'Middle name', autocomplete: 'additional-name' },
  name: { label: 'Name', autocomplete: 'name' },
  nickname: { label: 'Nickname', autocomplete: 'nickname' },
  phone_number: {
    label: 'Phone number',
    autocomplete: 'tel',
    type: 'tel',
    hint: 'With country code, for example +12065550100',
  },
  picture: { label: 'Picture', autocomplete: 'photo', type: 'url', hint: 'The address of an image' },
  preferred_username: { label: 'Preferred user name', autocomplete: 'off' },
  profile: { label: 'Profile', autocomplete: 'url', type: 'url', hint: 'The address of a page' },
  website: { label: 'Website', autocomplete: 'url', type: 'url' },
  zoneinfo: { label: 'Time zone', autocomplete: 'off', hint: 'For example Europe/Berlin' },
};

/** The sign-up form's name for an attribute, as Cognito's own form has it. */
export function attributeFieldName(attribute: string): string {
  return `requiredAttributes[${attribute}]`;
}

/** The input for one user attribute of the sign-up form. An attribute that OIDC does not know is labelled with its own name. */
export function attributeField(attribute: string, value: string | undefined): Field {
  const words = Object.hasOwn(known, attribute) ? known[attribute] : undefined;
  return {
    ...(words ?? { label: attribute, autocomplete: 'off' }),
    name: attributeFieldName(attribute),
    value: value ?? '',
  };
}
