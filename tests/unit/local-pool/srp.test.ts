import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  computePrivateKey,
  computeVerifier,
  createCredential,
  fitsCredential,
} from '../../../local-pool/src/srp/credential.ts';
import {
  createServerKeyPair,
  isPublicKey,
  provesKey,
  sessionKey,
} from '../../../local-pool/src/srp/exchange.ts';
import { padHex, powerOfGenerator, SRP_PRIME } from '../../../local-pool/src/srp/group.ts';
import {
  clientPrivateKey,
  clientPublicKey,
  deviceVerifier,
  serverPrivateKey,
  serverPublicKeyOfVector1,
  serverPublicKeyOfVector2,
  verifierOfVector1,
  verifierOfVector2,
} from './srp-vectors.ts';

const poolName = 'TESTPOOL1';
const username = '11111111-2222-3333-4444-555555555555';
const password = 'P@ssw0rd-Test1!';
const sha256 = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');

describe('SRP', () => {
  it('has the prime of which Cognito’s multiplier is the hash', () => {
    expect(SRP_PRIME).toHaveLength(768);
    expect(sha256(`00${SRP_PRIME}02`)).toBe(
      '538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6',
    );
  });

  it.each([
    ['0', '00'],
    ['7f', '7f'],
    ['80', '0080'],
    ['abc', '0abc'],
    ['f00', '0f00'],
    ['ff00', '00ff00'],
    ['a1b2c3d4e5f60718293a4b5c6d7e8f90', '00a1b2c3d4e5f60718293a4b5c6d7e8f90'],
    ['00112233445566778899aabbccddeeff', '112233445566778899aabbccddeeff'],
  ])('padHex of %s is %s', (hex, padded) => {
    expect(padHex(hex)).toBe(padded);
  });

  const vectors = [
    {
      name: 'a salt with its top bit set',
      salt: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
      x: 'aaa7270ea43854214846ec3ef2af64e95fe99b05d244858981cddcba6648db8b',
      v: verifierOfVector1,
    },
    {
      name: 'a salt that begins with a zero byte',
      salt: '00112233445566778899aabbccddeeff',
      x: 'd8c1818b9b24446d8f4f0c5ae7bf058b707acb7b6d6fdd4590c3e4c48afa031d',
      v: verifierOfVector2,
    },
  ];

  it.each(vectors)('x and v of $name are those of Cognito’s client', ({ salt, x, v }) => {
    expect(computePrivateKey(poolName, username, password, salt)).toBe(x);
    expect(computeVerifier(poolName, username, password, salt)).toBe(v);
  });

  it.each(vectors)('the verifier of $name fits its password and no other', ({ salt, v }) => {
    const credential = { srpSalt: salt, srpVerifier: v };
    expect(fitsCredential(credential, poolName, username, password)).toBe(true);
    expect(fitsCredential(credential, poolName, username, `${password} `)).toBe(false);
    expect(fitsCredential(credential, poolName, username.replace('1', '2'), password)).toBe(false);
    expect(fitsCredential(credential, 'TESTPOOL2', username, password)).toBe(false);
  });

  it('x and v of a device are those of Cognito’s client', () => {
    const device = [
      '-AbCdEfGh',
      'us-east-1_aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
      'ZGV2aWNlLXNlY3JldC1mb3ItdGVzdC12ZWN0b3ItMDEyMzQ1Njc4OWFiY2RlZg==',
      '7f00112233445566778899aabbccddee',
    ] as const;
    expect(computePrivateKey(...device)).toBe(
      '696984ecd1acec493685eed54bd47efd9bd1f0ba0d69943f9762d518cf492d50',
    );
    const padded = padHex(computeVerifier(...device));
    expect(sha256(padded)).toBe('4a216c4f4f6a6421239301f59066f65578bfc4b5ea6d4a2277bd3d588943ef7c');
    expect(Buffer.from(padded, 'hex').toString('base64')).toBe(deviceVerifier);
  });

  it('a new credential fits its password, has a salt of its own and holds no password', () => {
    const one = createCredential(poolName, username, password);
    const two = createCredential(poolName, username, password);
    expect(fitsCredential(one, poolName, username, password)).toBe(true);
    expect(one.srpSalt).toMatch(/^[0-9a-f]{32}$/);
    expect(one.srpSalt).not.toBe(two.srpSalt);
    expect(one.srpVerifier).not.toBe(two.srpVerifier);
    expect(JSON.stringify(one)).not.toContain(password);
  });

  const exchanges = [
    {
      name: 'vector 1',
      v: verifierOfVector1,
      B: serverPublicKeyOfVector1,
      K: 'fed3ac8de6d85ea255e9038102069eef',
      signature: 'aLHp6ZNqCBJXKrLXzvg411PRbC21JDmTBA+PWIOwEPI=',
    },
    {
      name: 'vector 2, whose u has its top bit set',
      v: verifierOfVector2,
      B: serverPublicKeyOfVector2,
      K: '7763fe000f356419a7d42b31060a6ecc',
      signature: 'Bqz5lRgmN8yTdG6i1i+7IF/THjESjhAP+hF809dZHf8=',
    },
  ];
  const proof = {
    secretBlock: 'AQYLEBUaHyQpLjM4PUJHTFFWW2Blam90eX6DiI2Sl5yhpquwtbq/xMnO09jd4ufs',
    timestamp: 'Mon Nov 23 07:00:05 UTC 2026',
  };

  it.each(exchanges)('the exchange of $name ends in the key and signature of Cognito’s client', (vector) => {
    expect(powerOfGenerator(clientPrivateKey)).toBe(clientPublicKey);
    const keyPair = createServerKeyPair(vector.v, serverPrivateKey);
    expect(keyPair.B).toBe(vector.B);
    const key = sessionKey(clientPublicKey, vector.v, keyPair);
    expect(key.toString('hex')).toBe(vector.K);
    const names = { group: poolName, subject: username };
    expect(provesKey(key, names, { ...proof, signature: vector.signature })).toBe(true);
    expect(provesKey(key, names, { ...proof, timestamp: '', signature: vector.signature })).toBe(false);
    expect(provesKey(key, { ...names, subject: 'x' }, { ...proof, signature: vector.signature })).toBe(false);
    expect(provesKey(key, names, { ...proof, signature: '' })).toBe(false);
  });

  it('the device exchange ends in the key and signature of Cognito’s client', () => {
    const A = powerOfGenerator('5a'.repeat(128));
    expect(sha256(padHex(A))).toBe('f4f45e113bb582caa3880491f1fbb6ce7e98ac3310cba0effee33e4be8fd81f8');
    const verifier = Buffer.from(deviceVerifier, 'base64').toString('hex');
    const keyPair = createServerKeyPair(verifier, '3c'.repeat(128));
    expect(sha256(padHex(keyPair.B))).toBe(
      'a383e8e4811e96f4242b20c9d175c9c085b1cc68f60dc0362afd19e5ecf7592f',
    );
    const key = sessionKey(A, verifier, keyPair);
    expect(key.toString('hex')).toBe('28c17f6d617e14c1950f54f0f763f449');
    const device = { group: '-AbCdEfGh', subject: 'us-east-1_aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' };
    expect(
      provesKey(key, device, {
        secretBlock: 'ZGV2aWNlLXNlY3JldC1ibG9jay0wMTIzNDU2Nzg5',
        timestamp: 'Tue Jan 5 03:04:09 UTC 2027',
        signature: '+PqxNei4U1JaeFzX9WS1z9SmginU9IeQg4D3OoyT/xY=',
      }),
    ).toBe(true);
  });

  it.each([
    ['zero', '0', false],
    ['N', SRP_PRIME, false],
    ['twice N', (2n * BigInt(`0x${SRP_PRIME}`)).toString(16), false],
    ['no number', 'xyz', false],
    ['nothing', '', false],
    ['an endless number', 'a'.repeat(1025), false],
    ['one', '1', true],
    ['capital letters of odd length', 'ABC', true],
  ])('a public key of %s', (_name, A, usable) => {
    expect(isPublicKey(A)).toBe(usable);
  });
});
