import type { UserPoolDomain } from '../../model/user-pool.ts';
import type { LiveBrowser, LiveSignIn } from '../../store/live-sessions.ts';
import type { Message } from '../../store/messages.ts';

/** What the page at `/` shows. */
export interface OverviewView {
  /** Every user pool; one of them is described. */
  userPools: { id: string; name: string; chosen: boolean }[];
  /** Absent where there is no user pool. */
  userPool?: OverviewUserPool;
  identityPools: { id: string; name: string; allowUnauthenticated: boolean }[];
  /** Longer lists are cut to this length. */
  mostShown: number;
}

export interface OverviewUserPool {
  id: string;
  name: string;
  issuer: string;
  mfa: string;
  domain?: UserPoolDomain;
  clients: OverviewClient[];
  userCount: number;
  /** The newest first. */
  users: OverviewUser[];
  signIns: (LiveSignIn & { client: string })[];
  browsers: LiveBrowser[];
  messages: Message[];
}

export interface OverviewClient {
  id: string;
  name: string;
  /** How many secrets it has; never the secrets. */
  secretCount: number;
  flows: string[];
  callbackUrls: string[];
  /** The sign-in page, for clients that have one. */
  signInPage?: string;
}

export interface OverviewUser {
  username: string;
  email?: string;
  phoneNumber?: string;
  status: string;
  /** Strongest first. */
  groups: string[];
  mfa: string[];
  /** Milliseconds since the epoch. */
  createdAt: number;
}
