/** The longest name a tab may have. */
const LIMIT = 31

/** Names for tabs: what Excel forbids is left out, none is used twice (it ignores case), long ones are cut. */
export class SheetNames {
  readonly #taken: Set<string>

  /** `reserved`: names that are given already; Excel keeps History for itself. */
  constructor(reserved: readonly string[]) {
    this.#taken = new Set(['History', ...reserved].map((name) => name.toLowerCase()))
  }

  take(wanted: string): string {
    const clean =
      wanted
        .replaceAll(/[[\]:*?/\\]/g, ' ')
        .replaceAll(/^'+|'+$/g, '')
        .trim() || 'Sheet'
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? '' : ` (${number})`
      const name = `${clean.slice(0, LIMIT - suffix.length)}${suffix}`
      if (this.#taken.has(name.toLowerCase())) continue
      this.#taken.add(name.toLowerCase())
      return name
    }
  }
}

/** As it stands in formulas. */
export const quotedSheet = (name: string): string => `'${name.replaceAll("'", "''")}'`

/** 1 -> A, 27 -> AA. */
export function columnLetter(column: number): string {
  const rest = Math.floor((column - 1) / 26)
  return `${rest > 0 ? columnLetter(rest) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`
}

/** `item-master` -> `Item master`. */
export const titleOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`
