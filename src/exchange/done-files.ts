import type { Wanted } from './look-into.js'

/** Says when a file may be settled: at once, or with the last of those that share its done-file. */
export class DoneFiles {
  readonly #open = new Map<string, { left: number; ready: Wanted[] }>()

  constructor(wanted: readonly Wanted[]) {
    for (const { done } of wanted) {
      if (done === undefined) continue
      const sharing = this.#open.get(done.path) ?? { left: 0, ready: [] }
      sharing.left += 1
      this.#open.set(done.path, sharing)
    }
  }

  /** @returns the files that may be settled now that this one is booked */
  booked(file: Wanted): readonly Wanted[] {
    const sharing = this.#open.get(file.done?.path ?? '')
    if (file.done === undefined || sharing === undefined) return [file]
    sharing.left -= 1
    sharing.ready.push(file)
    return sharing.left === 0 ? sharing.ready : []
  }
}
