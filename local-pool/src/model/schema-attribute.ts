export interface SchemaAttribute {
  name: string;
  type: 'String' | 'Number' | 'DateTime' | 'Boolean';
  mutable: boolean;
  required: boolean;
  minLength?: number;
  maxLength?: number;
  minValue?: number;
  maxValue?: number;
}

const TEXT_NAMES = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'gender',
  'zoneinfo',
  'locale',
  'address',
  'email',
  'phone_number',
];

/**
 * The attributes that every user pool has (Cognito: User pool attributes; `sub` apart, which is no stored attribute).
 */
export function standardAttributes(): Map<string, SchemaAttribute> {
  const all: SchemaAttribute[] = [
    ...TEXT_NAMES.map((name) => ({
      name,
      type: 'String' as const,
      mutable: true,
      required: false,
      minLength: 0,
      maxLength: 2048,
    })),
    { name: 'birthdate', type: 'String', mutable: true, required: false, minLength: 10, maxLength: 10 },
    { name: 'email_verified', type: 'Boolean', mutable: true, required: false },
    { name: 'phone_number_verified', type: 'Boolean', mutable: true, required: false },
    { name: 'updated_at', type: 'Number', mutable: true, required: false, minValue: 0 },
  ];
  return new Map(all.map((attribute) => [attribute.name, attribute]));
}
