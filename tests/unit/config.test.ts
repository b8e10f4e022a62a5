import { expect, it } from 'vitest';
import { parseConfig } from '../../lib/config.ts';
import { realUserPool, sessionSecret } from '../support/configuration.ts';

it("with nothing set, the local pool's own values are in force", () => {
  expect(parseConfig({ SESSION_SECRET: sessionSecret })).toMatchObject({
    appUrl: new URL('http://localhost:3000'),
    userPoolId: 'us-east-1_Cabana001',
    issuer: 'http://localhost:9229/us-east-1_Cabana001',
    domain: 'http://localhost:9229/us-east-1_Cabana001',
    clientId: 'cabanaweb00000000000000001',
    apiClientIds: ['cabanamobile00000000000001', 'cabanaservice0000000000001'],
    serviceClient: { clientId: 'cabanaservice0000000000001' },
    downstream: undefined,
    sessionLifetime: 2_592_000,
    secureCookies: false,
    allowInsecureRequests: true,
  });
});

it.each(['http://localhost:9300', 'http://localhost:9300/'])('the local pool may be at %s', (url) => {
  const config = parseConfig({ SESSION_SECRET: sessionSecret, LOCAL_POOL_URL: url });
  expect(config.issuer).toBe('http://localhost:9300/us-east-1_Cabana001');
});

it('a real user pool needs no issuer, because its id says it', () => {
  expect(parseConfig(realUserPool)).toMatchObject({
    issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
    domain: 'https://example.auth.eu-west-1.amazoncognito.com',
    apiClientIds: [],
    secureCookies: true,
    allowInsecureRequests: false,
  });
});

it.each(['us-gov-west-1_AbCdEfGhI', 'ap-southeast-2_AbCdEfGhI'])('%s is the id of a user pool', (id) => {
  const { issuer } = parseConfig({ ...realUserPool, COGNITO_USER_POOL_ID: id });
  expect(issuer).toBe(`https://cognito-idp.${id.split('_')[0]}.amazonaws.com/${id}`);
});

it("once one COGNITO_ variable is set, none of the local pool's values is left", () => {
  expect(() => parseConfig({ SESSION_SECRET: sessionSecret, COGNITO_CLIENT_ID: 'x' })).toThrow(
    /COGNITO_USER_POOL_ID is not set[\s\S]*COGNITO_DOMAIN is not set/,
  );
});

it('a public app client has no secret', () => {
  expect(parseConfig({ ...realUserPool, COGNITO_CLIENT_SECRET: undefined }).clientSecret).toBeUndefined();
});

it('a trailing slash of the domain is left out', () => {
  const config = parseConfig({ ...realUserPool, COGNITO_DOMAIN: `${realUserPool.COGNITO_DOMAIN}/` });
  expect(config.domain).toBe(realUserPool.COGNITO_DOMAIN);
});

it('app clients of the API are listed with commas', () => {
  const config = parseConfig({ ...realUserPool, COGNITO_API_CLIENT_IDS: 'one,two' });
  expect(config.apiClientIds).toEqual(['one', 'two']);
});

it('a service is called by an app client with a secret, for scopes that are listed with commas', () => {
  const secret = '1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p';
  const service = { COGNITO_SERVICE_CLIENT_ID: 'service1', COGNITO_SERVICE_CLIENT_SECRET: secret };
  const url = 'https://notes.example.com/status';
  const one = parseConfig({ ...realUserPool, ...service, DOWNSTREAM_URL: url });
  expect(one.serviceClient).toEqual({ clientId: 'service1', clientSecret: secret });
  expect(one.downstream).toEqual({ url: new URL(url), scopes: ['notes/read'] });
  const scopes = { DOWNSTREAM_SCOPES: 'https://api.example.com/read,notes/write' };
  const two = parseConfig({ ...realUserPool, ...service, DOWNSTREAM_URL: url, ...scopes });
  expect(two.downstream?.scopes).toEqual(['https://api.example.com/read', 'notes/write']);
  expect(parseConfig(realUserPool)).toMatchObject({ serviceClient: undefined, downstream: undefined });
});

it.each([
  [{ COGNITO_SERVICE_CLIENT_ID: 'service1' }, /COGNITO_SERVICE_CLIENT_SECRET is not set, and/],
  [{ COGNITO_SERVICE_CLIENT_SECRET: 'x'.repeat(32) }, /COGNITO_SERVICE_CLIENT_ID is not set, and/],
  [
    { DOWNSTREAM_URL: 'https://notes.example.com' },
    /COGNITO_SERVICE_CLIENT_ID is not set, and DOWNSTREAM_URL/,
  ],
  [{ DOWNSTREAM_URL: 'http://notes.example.com' }, /DOWNSTREAM_URL must be https, except on localhost/],
  [{ DOWNSTREAM_URL: 'https://user:pass@notes.example.com' }, /DOWNSTREAM_URL must have no query/],
  [{ DOWNSTREAM_SCOPES: 'notes/read notes/write' }, /DOWNSTREAM_SCOPES must be scopes/],
])('half of what calling a service takes is named: %j', (set, problem) => {
  expect(() => parseConfig({ ...realUserPool, ...set })).toThrow(problem);
});

it('several session secrets keep their numbers', () => {
  const older = 'mD3lqX0bWl4VqzW0hP3o6M0kq3o0H5Q6aYQ1wC1y1m4=';
  const config = parseConfig({ ...realUserPool, SESSION_SECRET: `2:${sessionSecret}, 1:${older}` });
  expect(config.sessionSecrets).toEqual({ 1: older, 2: sessionSecret });
});

it('days become seconds', () => {
  expect(parseConfig({ ...realUserPool, SESSION_DAYS: '7' }).sessionLifetime).toBe(604_800);
});

it('sessions are recorded in a file, or in Postgres where a URL says so', () => {
  expect(parseConfig(realUserPool).database).toEqual({ kind: 'sqlite', file: '.cabana/cabana.sqlite' });
  const url = 'postgres://cabana:secret@db.example.com/cabana';
  expect(parseConfig({ ...realUserPool, DATABASE_URL: url }).database).toEqual({ kind: 'postgres', url });
});

it.each(['mysql://db.example.com/cabana', 'db.example.com', 'file:///tmp/cabana.sqlite'])(
  '%s is the address of no Postgres',
  (url) => {
    expect(() => parseConfig({ ...realUserPool, DATABASE_URL: url })).toThrow(/DATABASE_URL must look like/);
  },
);

it('API-09 no proxy is trusted unless a whole number says how many', () => {
  expect(parseConfig(realUserPool).trustedProxies).toBe(0);
  expect(parseConfig({ ...realUserPool, TRUSTED_PROXIES: '2' }).trustedProxies).toBe(2);
  for (const value of ['-1', '1.5', '10', 'true', '10.0.0.0/8'])
    expect(() => parseConfig({ ...realUserPool, TRUSTED_PROXIES: value })).toThrow(/TRUSTED_PROXIES must be/);
});

const collected = { ...realUserPool, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.internal:4318' };

it('traces and metrics are sent nowhere unless an endpoint is set', () => {
  expect(parseConfig({ ...realUserPool, OTEL_SERVICE_NAME: 'x' }).telemetry).toBeUndefined();
  expect(parseConfig(collected).telemetry).toEqual({
    endpoint: 'http://collector.internal:4318',
    headers: {},
    serviceName: 'cabana',
  });
});

it('headers for the endpoint are names and percent-encoded values', () => {
  const headers = (value: string) =>
    parseConfig({ ...collected, OTEL_EXPORTER_OTLP_HEADERS: value }).telemetry?.headers;
  expect(headers('x-api-key=a%20b%2Cc, authorization = Basic dXNlcjpwYXNz==,')).toEqual({
    'x-api-key': 'a b,c',
    authorization: 'Basic dXNlcjpwYXNz==',
  });
  for (const value of ['hush', 'x-key=%', 'x-key=%ff', 'a b=c', '=hush'])
    expect(() => headers(value)).toThrow(/^(?![\s\S]*hush)[\s\S]*OTEL_EXPORTER_OTLP_HEADERS must look like/);
});

it.each(['collector:4318', 'ftp://collector', 'http://user:hush@collector', 'http://collector/?key=hush'])(
  '%s is no endpoint for traces and metrics',
  (url) => {
    const settings = { ...realUserPool, OTEL_EXPORTER_OTLP_ENDPOINT: url };
    expect(() => parseConfig(settings)).toThrow(/^(?![\s\S]*hush)[\s\S]*OTEL_EXPORTER_OTLP_ENDPOINT must/);
  },
);
