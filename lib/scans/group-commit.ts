import 'server-only';

export type GroupCommitOptions<T, R> = {
  /** Does all of a group or none of it. */
  commit: (group: T[]) => Promise<R[]>;
  /** Largest group. */
  limit: number;
  /** More than so many do not wait: they are refused at once. */
  maxWaiting: number;
  /** An item that has waited longer is refused instead of begun, in ms. */
  patienceMs: number;
};

type Waiting<T, R> = {
  item: T;
  since: number;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
};

export class TooBusy extends Error {}

/**
 * Gathers what arrives while a group is being committed, and commits it together: under load one commit serves many, and
 * a single item does not wait for others.
 *
 * A group that fails is tried one by one, so that one bad item spoils nothing but itself; unless the first alone fails in
 * the same way as the group, which then is not the item's fault.
 */
export class GroupCommit<T, R> {
  readonly #options: GroupCommitOptions<T, R>;
  #waiting: Waiting<T, R>[] = [];
  #isRunning = false;

  constructor(options: GroupCommitOptions<T, R>) {
    this.#options = options;
  }

  /** @throws TooBusy | what `commit` throws for this item */
  add(item: T): Promise<R> {
    if (this.#waiting.length >= this.#options.maxWaiting) return Promise.reject(new TooBusy('too many wait'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, since: performance.now(), resolve, reject });
      if (!this.#isRunning) {
        this.#isRunning = true;
        // What came in the same turn of the loop belongs together.
        setImmediate(() => void this.#run());
      }
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, this.#options.limit);
      this.#waiting = this.#waiting.slice(group.length);
      const oldest = performance.now() - this.#options.patienceMs;
      const begun = group.filter(({ since, reject }) => {
        if (since >= oldest) return true;
        reject(new TooBusy('waited too long'));
        return false;
      });
      if (begun.length > 0) await this.#commit(begun);
    }
    this.#isRunning = false;
  }

  async #commit(group: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#options.commit(group.map(({ item }) => item));
      for (const [place, { resolve, reject }] of group.entries()) {
        const result = results[place];
        if (result === undefined) reject(new Error('the group answered for fewer'));
        else resolve(result);
      }
    } catch (error) {
      if (group.length === 1 || !isOfData(error)) for (const { reject } of group) reject(error);
      else for (const one of group) await this.#commit([one]);
    }
  }
}

/** SQLSTATE classes 22, 23 and P0: what was written is at fault, not the database. */
function isOfData(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code !== 'string' || /^(22|23|P0)/.test(code);
}
