import type { Question } from './exchange.ts';
import { type Emulator, operation, people, signInInput, type Tokens } from './target.ts';

export interface Case {
  name: string;
  /** RSA signatures that one exchange needs. */
  signatures: 0 | 1 | 2;
  /** @returns undefined where the emulator has no such thing */
  of(target: Emulator, tokens: Tokens[]): Work | undefined;
}

export interface Work {
  question: Question;
  /** Sent in turn. */
  bodies: string[];
  /** Sends every body one time and none again. */
  eachOnce?: boolean;
}

export const signInCase = {
  name: 'password sign-in',
  signatures: 2,
  of: (target: Emulator) => ({
    question: operation('InitiateAuth', '"IdToken"'),
    bodies: people.map((person) => JSON.stringify(signInInput(target, person))),
  }),
} satisfies Case;

const refreshCase: Case = {
  name: 'refresh',
  signatures: 2,
  of: ({ clientId }, tokens) => ({
    question: operation('InitiateAuth', '"IdToken"'),
    bodies: tokens.map(({ RefreshToken }) =>
      JSON.stringify({
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: clientId,
        AuthParameters: { REFRESH_TOKEN: RefreshToken },
      }),
    ),
  }),
};

export const cases: Case[] = [
  signInCase,
  refreshCase,
  {
    name: 'GetUser',
    signatures: 0,
    of: (_, tokens) => ({
      question: operation('GetUser', '"UserAttributes"'),
      bodies: tokens.map(({ AccessToken }) => JSON.stringify({ AccessToken })),
    }),
  },
  {
    name: 'JWKS',
    signatures: 0,
    of: ({ userPoolId }) => ({
      question: {
        method: 'GET',
        path: `/${userPoolId}/.well-known/jwks.json`,
        headers: {},
        expected: '"keys"',
      },
      bodies: [''],
    }),
  },
  {
    name: 'client credentials',
    signatures: 1,
    of({ userPoolId, service }) {
      if (!service) return undefined;
      const basic = Buffer.from(`${service.clientId}:${service.clientSecret}`).toString('base64');
      return {
        question: {
          method: 'POST',
          path: `/${userPoolId}/oauth2/token`,
          headers: {
            authorization: `Basic ${basic}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          expected: '"access_token"',
        },
        bodies: [`grant_type=client_credentials&scope=${encodeURIComponent(service.scope)}`],
      };
    },
  },
];
