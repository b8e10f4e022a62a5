/**
 * Settings of an AWS SDK client that does not try again: without kept connections, because one that the server closes just
 * as it is used could not be told from a refusal.
 */
export const freshConnections = {
  maxAttempts: 1,
  requestHandler: { httpAgent: { keepAlive: false } },
};
