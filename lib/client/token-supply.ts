import { CognitoFetchError } from './error.ts';
import { type HeldToken, heldToken, type Tokens } from './held-token.ts';
import { untilAborted } from './until-aborted.ts';

export interface TokenSupplyOptions {
  /** Which of the tokens the API wants. */
  use: 'access' | 'id';
  /** One to begin with; without it, the first token is that of a sign-in. */
  refreshToken: string | undefined;
  /** Told of the refusal when the refresh token has ended. */
  signIn(refused: CognitoFetchError | undefined): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Tokens>;
  /** Told of every new set before anybody uses it. What it throws reaches those who waited for the set. */
  onTokens: ((tokens: Tokens) => void | Promise<void>) | undefined;
}

/** @returns whether it may pass: anything else that a user pool says is final */
export const isOutage = (error: unknown): boolean =>
  error instanceof CognitoFetchError && error.code === 'user_pool_unavailable';

/**
 * Gets tokens by refresh, or by signing in where there is no refresh token any more, once for all who wait. A refusal of
 * the user pool is final: five wrong passwords in a row lock the user (Cognito: lockout behavior for failed sign-in
 * attempts).
 */
export class TokenSupply {
  readonly #options: TokenSupplyOptions;
  #refreshToken: string | undefined;
  #held: HeldToken | undefined;
  #refusal: CognitoFetchError | undefined;
  #underWay: Promise<HeldToken> | undefined;

  constructor(options: TokenSupplyOptions) {
    this.#options = options;
    this.#refreshToken = options.refreshToken;
  }

  /** The last token that was had. */
  get held(): HeldToken | undefined {
    return this.#held;
  }

  /** Whether another token is being had. */
  get busy(): boolean {
    return this.#underWay !== undefined;
  }

  /** @throws CognitoFetchError a refusal of now or before, `user_pool_unavailable`; the reason of the signal */
  another(signal: AbortSignal | undefined): Promise<HeldToken> {
    this.#underWay ??= this.#obtain().finally(() => {
      this.#underWay = undefined;
    });
    return untilAborted(this.#underWay, signal);
  }

  /** Forgets everything. @returns the refresh token that was held */
  async end(): Promise<string | undefined> {
    this.#refusal ??= new CognitoFetchError('signed_out');
    await this.#underWay?.catch(() => {});
    const last = this.#refreshToken;
    this.#held = undefined;
    this.#refreshToken = undefined;
    return last;
  }

  async #obtain(): Promise<HeldToken> {
    if (this.#refusal) throw this.#refusal;
    const askedAt = Date.now();
    try {
      const result = await this.#refreshed(askedAt);
      if (result !== undefined && !(result instanceof CognitoFetchError)) return result;
      return await this.#take(await this.#options.signIn(result), askedAt);
    } catch (error) {
      if (error instanceof CognitoFetchError && !isOutage(error)) this.#refusal = error;
      throw error;
    }
  }

  async #refreshed(askedAt: number): Promise<HeldToken | CognitoFetchError | undefined> {
    if (this.#refreshToken === undefined) return undefined;
    try {
      return await this.#take(await this.#options.refresh(this.#refreshToken), askedAt);
    } catch (error) {
      if (!(error instanceof CognitoFetchError && error.code === 'refresh_refused')) throw error;
      this.#refreshToken = undefined;
      return error;
    }
  }

  async #take(tokens: Tokens, askedAt: number): Promise<HeldToken> {
    const { use, onTokens } = this.#options;
    // Kept before anything else can fail: the one before it may be spent.
    this.#refreshToken = tokens.refreshToken ?? this.#refreshToken;
    const token = use === 'access' ? tokens.accessToken : tokens.idToken;
    if (!token) throw new CognitoFetchError('user_pool_unavailable', `no ${use} token came`);
    const held = heldToken(token, askedAt);
    try {
      await onTokens?.({ ...tokens, refreshToken: this.#refreshToken });
    } finally {
      this.#held = held;
    }
    return held;
  }
}
