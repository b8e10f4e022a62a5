/** What the local pool serves from `infra/template.yaml`; in force while no `COGNITO_*` is set. */
const localUserPool = (origin: string) => ({
  COGNITO_USER_POOL_ID: 'us-east-1_Cabana001',
  COGNITO_CLIENT_ID: 'cabanaweb00000000000000001',
  COGNITO_CLIENT_SECRET: 'cabanalocalwebsecret0000000000000000000000000000001',
  COGNITO_API_CLIENT_IDS: 'cabanamobile00000000000001,cabanaservice0000000000001',
  COGNITO_SERVICE_CLIENT_ID: 'cabanaservice0000000000001',
  COGNITO_SERVICE_CLIENT_SECRET: 'cabanalocalservicesecret000000000000000000000000001',
  COGNITO_ISSUER: `${origin}/us-east-1_Cabana001`,
  COGNITO_DOMAIN: `${origin}/us-east-1_Cabana001`,
  COGNITO_IDENTITY_POOL_ID: 'us-east-1:cabacaba-0000-4000-8000-000000000001',
  AWS_ENDPOINT_URL_COGNITO_IDENTITY: origin,
});

const defaults = {
  APP_URL: 'http://localhost:3000',
  LOCAL_POOL_URL: 'http://localhost:9229',
  SESSION_DAYS: '30',
  SESSION_IDLE_MINUTES: '20160',
  DATABASE_FILE: '.cabana/cabana.sqlite',
  TRUSTED_PROXIES: '0',
  OTEL_SERVICE_NAME: 'cabana',
  API_REQUESTS_PER_USER: '600',
  API_REQUESTS_PER_ADDRESS: '1200',
  DOWNSTREAM_SCOPES: 'notes/read',
};

/** @returns what is set, and for what is not the defaults: of the local pool too, while no `COGNITO_*` is set */
export function withDefaults(set: Record<string, string>): Record<string, string> {
  const ownUserPool = Object.keys(set).some((name) => name.startsWith('COGNITO_'));
  if (!ownUserPool) {
    return {
      ...defaults,
      ...localUserPool((set.LOCAL_POOL_URL ?? defaults.LOCAL_POOL_URL).replace(/\/$/, '')),
      ...set,
    };
  }
  const userPoolId = set.COGNITO_USER_POOL_ID;
  const region = userPoolId?.split('_')[0];
  const issuer = userPoolId && {
    COGNITO_ISSUER: `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`,
  };
  return { ...defaults, ...issuer, ...set };
}
