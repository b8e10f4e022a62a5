import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/** What the real user pool answered. */
export interface HonestAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/**
 * Answers in the user pool's place. Until `honest` is called, the real pool has not heard of the request.
 * @param address where the honest answer could be had, past the proxy
 */
export type BrokenAnswer = (
  response: ServerResponse,
  honest: () => Promise<HonestAnswer>,
  address: string,
) => void | Promise<void>;

export function sendAnswer(response: ServerResponse, { status, headers, body }: HonestAnswer): void {
  if (response.destroyed) return;
  response.writeHead(status, headers).end(body);
}

/** The honest answer, this many milliseconds late. */
export const late =
  (milliseconds: number): BrokenAnswer =>
  async (response, honest) => {
    await setTimeout(milliseconds, undefined, { ref: false });
    if (!response.destroyed) sendAnswer(response, await honest());
  };

/** The request is read and never answered. */
export const silence: BrokenAnswer = () => {};

/** The user pool has done what it was asked, and its answer is lost. */
export const lost: BrokenAnswer = async (_, honest) => void (await honest());

/** The honest answer at one byte per second. */
export const byteBySecond: BrokenAnswer = async (response, honest) => {
  const { status, headers, body } = await honest();
  response.writeHead(status, headers);
  let sent = 0;
  const timer = setInterval(() => response.write(body.subarray(sent, ++sent)), 1_000);
  response.write(body.subarray(sent, ++sent));
  response.once('close', () => clearInterval(timer));
};

/** Half of the honest answer, and the connection stays open. */
export const neverEnds: BrokenAnswer = async (response, honest) => {
  const { status, headers, body } = await honest();
  response.writeHead(status, headers).write(body.subarray(0, body.length / 2));
};

/** Half of the honest answer, and the connection is closed. */
export const brokenOff: BrokenAnswer = async (response, honest) => {
  const { status, headers, body } = await honest();
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
};

export const reset: BrokenAnswer = (response) => void response.socket?.resetAndDestroy();

/** An error page, as a load balancer or a firewall sends one. */
export const errorPage =
  (status: number, headers: Record<string, string> = {}): BrokenAnswer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<h1>Sorry</h1>');

/** To where the honest answer could be had. */
export const redirect: BrokenAnswer = (response, _, address) =>
  void response.writeHead(307, { location: address }).end();

/** The honest answer with another body. */
export const changed =
  (change: (body: Buffer) => Buffer | string, headers: Record<string, string> = {}): BrokenAnswer =>
  async (response, honest) => {
    const answer = await honest();
    sendAnswer(response, {
      ...answer,
      headers: { ...answer.headers, ...headers },
      body: Buffer.from(change(answer.body)),
    });
  };

/** The page of a hotel's network, with the status and the type of the honest answer. */
export const pageAsJson = changed(() => '<html>Sign in to the hotel network</html>');
export const truncated = changed((body) => body.subarray(0, body.length / 2));
export const byteOrderMark = changed((body) => `\uFEFF${body}`);

/** A JSON object with one more member, which nobody asks for. */
const withMember = (body: Buffer, value: Buffer | string): Buffer =>
  Buffer.concat([
    body.subarray(0, body.lastIndexOf('}')),
    Buffer.from(',"pad":"'),
    Buffer.from(value),
    Buffer.from('"}'),
  ]);

/** Everything that counts is there; a member that nobody reads is in Latin-1. */
export const invalidUtf8 = changed((body) => withMember(body, Buffer.from('\u00e9', 'latin1')));

const FIFTY_MEGABYTES = 50 * 1024 * 1024;

/** Everything that counts is there, and 50 megabytes of a member that nobody reads: 50 KB on the wire. */
export const gzipBomb = changed((body) => gzipSync(withMember(body, Buffer.alloc(FIFTY_MEGABYTES, 'x'))), {
  'content-encoding': 'gzip',
});

/** The same as they are, written no faster than they are read. */
export const fiftyMegabytes: BrokenAnswer = async (response, honest) => {
  const { status, headers, body } = await honest();
  response.writeHead(status, headers);
  const whole = withMember(body, Buffer.alloc(FIFTY_MEGABYTES, 'x'));
  const pieces = Array.from({ length: Math.ceil(whole.length / 65_536) }, (_, index) =>
    whole.subarray(index * 65_536, (index + 1) * 65_536),
  );
  Readable.from(pieces).pipe(response);
};
