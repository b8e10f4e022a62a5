import { config } from '../config.ts';
import type { ErrorCode } from '../errors.ts';
import { seeOther } from '../http/responses.ts';
import { countRefusal } from '../telemetry/metrics.ts';
import { type Fields, keepForm } from './kept-form.ts';
import type { GatedPath } from './policies.ts';
import type { StepUp } from './policy.ts';
import { stepUpPath } from './sign-in-path.ts';

const addTo = (path: string, query: Record<string, string>): string =>
  `${path}?${new URLSearchParams(query)}`;

/** What a form sent, and the ways back to the page that shows it. */
export class PostedForm {
  readonly form: GatedPath;
  readonly page: string;
  readonly typed: Fields;
  readonly #neverKept: readonly string[];

  /** @param neverKept names of fields that are not kept for another try */
  constructor(form: GatedPath, page: string, typed: Fields, neverKept: readonly string[]) {
    this.form = form;
    this.page = page;
    this.typed = typed;
    this.#neverKept = neverKept;
  }

  /** Back to the page, with the reason. */
  refused(error: ErrorCode, query: Record<string, string> = {}): Response {
    countRefusal(error, 'form');
    return seeOther(addTo(this.page, { error, ...query }), config().appUrl);
  }

  /** Back to the page with the reason and, while the database can be reached, with what was typed. */
  async returned(error: ErrorCode, sub: string): Promise<Response> {
    const kept = await this.#keep(sub);
    return this.refused(error, kept ? { kept } : {});
  }

  /** On to another sign-in, from which the person returns to what was typed. */
  async steppedUp(judgement: StepUp, sub: string): Promise<Response> {
    const kept = await this.#keep(sub);
    if (!kept) return this.refused('database_unavailable');
    countRefusal(judgement, 'form');
    return seeOther(stepUpPath(addTo(this.page, { kept }), judgement), config().appUrl);
  }

  async #keep(sub: string): Promise<string | undefined> {
    const fields = Object.entries(this.typed).filter(([name]) => !this.#neverKept.includes(name));
    return await keepForm({ sub, form: this.form }, Object.fromEntries(fields)).catch(() => undefined);
  }
}
