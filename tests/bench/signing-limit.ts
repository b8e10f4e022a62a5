import { randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import type { SigningLoad } from './load.ts';
import { answerLoad, repeat } from './repeat.ts';

// Signs as the local pool does (jose, which signs with Web Crypto on libuv's threads), and does nothing else.
answerLoad<SigningLoad>(async ({ concurrency, warmUpSeconds, seconds }) => {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  const sign = () =>
    new SignJWT({ jti: randomUUID(), token_use: 'access', scope: 'aws.cognito.signin.user.admin' })
      .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
      .sign(privateKey);
  await repeat(concurrency, warmUpSeconds, sign);
  return await repeat(concurrency, seconds, sign);
});
