import type { SetEngine } from '../../canonical/index.js'
import type { ColumnTester, TestedColumn } from './column-tester.js'

/** The bytes of a smaller file are looked at before the set engine has done much. */
export const smallestFile = 16 << 20
/** How much of a file must have been looked at before the rest is taken to be like it. */
const begin = 1 / 16

/**
 * Most large files go on as they begin: once a part was looked at, the set engine loads the file while the rest is looked at. Where the rest is
 * otherwise after all, what was loaded is undone.
 */
export class EarlyLoad {
  /** What the columns were taken to be. */
  #taken: readonly TestedColumn[] | undefined
  #rows: Promise<number | undefined> | undefined
  #holds = true

  /** @param load how many rows; undefined where it fails */
  constructor(
    private readonly engine: SetEngine,
    private readonly tester: ColumnTester,
    private readonly size: number,
    private readonly load: (taken: readonly TestedColumn[]) => Promise<number | undefined>,
    private readonly undo: () => Promise<void>,
  ) {}

  /** After each chunk: so many bytes were looked at, and the set engine can still be given the file as it stands. */
  look(bytes: number, asItStands: boolean): void {
    if (this.#taken !== undefined) this.#compare(asItStands ? this.tester.columns() : undefined)
    else if (asItStands && this.size >= smallestFile && bytes >= this.size * begin) {
      // A column may be empty for long.
      this.#taken = this.tester.columns().map((column) => ({ ...column, empty: false }))
      this.#rows = this.load(this.#taken)
    }
  }

  /** When all of the file was looked at: what came of the load; undefined where there is none. */
  async end(columns: readonly TestedColumn[] | undefined): Promise<{ readonly rows: number | undefined } | undefined> {
    if (this.#taken === undefined) return undefined
    this.#compare(columns)
    const rows = await this.#rows
    if (this.#holds) return { rows }
    await this.undo()
    return undefined
  }

  #compare(columns: readonly TestedColumn[] | undefined): void {
    if (!this.#holds || this.#taken?.every((taken, n) => isSo(taken, columns?.[n]))) return
    this.#holds = false
    this.engine.interrupt()
  }
}

const isSo = (taken: TestedColumn, found: TestedColumn | undefined): boolean =>
  found !== undefined &&
  (found.fits || !taken.fits) &&
  (found.unspaced || !taken.unspaced) &&
  (found.noZeroFirst || !taken.noZeroFirst)
