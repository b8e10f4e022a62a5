/** Work that is done once for all who ask for it while it is under way. */
export class SingleFlight<Result> {
  readonly #underWay = new Map<string, Promise<Result>>();

  /**
   * @param key what is asked for
   * @param work is not begun where somebody else's for the same key is under way
   * @returns the same promise for all of them; nothing is kept once it has settled
   */
  share(key: string, work: () => Promise<Result>): Promise<Result> {
    const known = this.#underWay.get(key);
    if (known) return known;
    const result = work().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, result);
    return result;
  }
}
