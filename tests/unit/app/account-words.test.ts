import { describe, expect, it } from 'vitest';
import { deviceWords, signInWords } from '../../../app/_components/device-words.ts';
import { eventWords, toldEvents } from '../../../app/_components/event-words.ts';
import type { SecurityEventRow } from '../../../lib/data/tables.ts';

it.each([
  ['Firefox', 'Windows', 'Firefox on Windows'],
  ['Firefox', null, 'Firefox'],
  [null, 'Windows', 'A browser on Windows'],
  [null, null, 'Unknown device'],
])('browser %s and system %s are "%s"', (browser, system, words) => {
  expect(deviceWords({ browser, system }, 'Unknown device')).toBe(words);
});

it.each([
  ['password', 'with a password'],
  ['passkey', 'with a passkey'],
  ['user pool', 'through the user pool'],
  ['Google', 'through Google'],
  ['constructor', 'through constructor'],
])('a sign-in by %s is one %s', (by, words) => {
  expect(signInWords(by)).toBe(words);
});

describe('a security event', () => {
  it.each([
    ['signed in', 'passkey', 'Signed in with a passkey'],
    ['signed in', null, 'Signed in'],
    ['signed out', 'this browser', 'Signed out'],
    ['session ended', 'another device', 'Session ended from another device'],
    ['session ended', 'refresh refused', 'Session ended because the user pool refused to renew it'],
    ['session ended', 'of something newer', 'Session ended'],
    ['session ended', 'toString', 'Session ended'],
    ['refresh refused', null, 'The user pool refused to renew a session'],
    ['password changed', null, 'Password changed'],
    ['signed out by administrator', 'a note', 'Signed out everywhere by an administrator'],
  ] as const)('%s by %s reads "%s"', (kind, detail, words) => {
    expect(eventWords({ kind, detail })).toBe(words);
  });

  it('is told in the plural when it happened to several sessions', () => {
    expect(eventWords({ kind: 'session ended', detail: 'another device' }, true)).toBe(
      'Several sessions ended from another device',
    );
  });
});

it('events of one moment and one kind are told once, the others each, in their order', () => {
  const event = (
    id: string,
    at: number,
    kind: SecurityEventRow['kind'],
    detail: string,
  ): SecurityEventRow => ({
    ...{ id, at, kind, detail },
    ...{ sub: 'ada', session_id: id, browser: null, system: null, address: null },
  });
  const told = toldEvents([
    event('a', 20, 'session ended', 'administrator'),
    event('b', 20, 'signed out by administrator', 'why'),
    event('c', 20, 'session ended', 'administrator'),
    event('d', 10, 'session ended', 'administrator'),
  ]);
  expect(told.map(({ event: { id }, many }) => [id, many])).toEqual([
    ['a', true],
    ['b', false],
    ['d', false],
  ]);
});
