/** What a run tells whoever watches. Implementations never throw and never write to stdout. */
export interface Progress {
  begin(step: string): void
  /** Work done so far in the step; total may be unknown. */
  advance(done: number, total: number | undefined, unit: string): void
  end(step: string, said: string): void
  /** The step broke off; what is wrong is said elsewhere. */
  fail(step: string): void
  note(text: string): void
}

export const silent: Progress = { begin: () => {}, advance: () => {}, end: () => {}, fail: () => {}, note: () => {} }
