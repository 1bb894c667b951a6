import { nearMiss } from '../errors/index.js'
import type { Problem } from './problem.js'
import { isMap } from './schema-variants.js'
import { oneOf } from './schema-words.js'
import type { SettingsFile } from './settings-file.js'
import type { Path } from './yaml-nodes.js'

/**
 * A place in a settings file, to look at before or after its schema was checked: what is absent or of another kind reads as nothing,
 * so that one mistake never hides another.
 */
export class Setting {
  readonly #file: SettingsFile
  readonly #path: Path
  readonly value: unknown

  private constructor(file: SettingsFile, path: Path, value: unknown) {
    this.#file = file
    this.#path = path
    this.value = value
  }

  static top(file: SettingsFile): Setting {
    return new Setting(file, [], file.data)
  }

  at(key: string): Setting {
    return new Setting(
      this.#file,
      [...this.#path, key],
      isMap(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined,
    )
  }

  has(key: string): boolean {
    return this.at(key).value !== undefined
  }

  /** Keys of a map. */
  get names(): readonly string[] {
    return isMap(this.value) ? Object.keys(this.value) : []
  }

  entries(): readonly (readonly [string, Setting])[] {
    return this.names.map((name) => [name, this.at(name)])
  }

  /** Entries of a list. */
  items(): readonly Setting[] {
    const list: readonly unknown[] = Array.isArray(this.value) ? this.value : []
    return list.map((value, index) => new Setting(this.#file, [...this.#path, index], value))
  }

  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined
  }

  get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined
  }

  /** `key`: the mistake is in the key's name, not in its value. */
  problem(
    message: string,
    expected: string,
    options: { at?: 'key' | 'value'; suggestion?: string | undefined } = {},
  ): Problem {
    const { at = 'value', suggestion } = options
    return {
      ...this.#file.place(this.#path, at),
      path: this.#path.join('.'),
      message,
      expected,
      ...(suggestion === undefined ? {} : { suggestion }),
    }
  }

  /** Nothing when the text is one of `known`, or is not there (its schema says so), or nobody knows what there is. */
  refersTo(what: string, known: readonly string[] | undefined): Problem[] {
    const { text } = this
    if (text === undefined || known === undefined || known.includes(text)) return []
    return [this.problem(`no ${what} "${text}"`, one(what, known), { suggestion: nearMiss(text, known) })]
  }

  /** The same for the key itself. */
  isNamedLike(name: string, what: string, known: readonly string[]): Problem[] {
    if (known.includes(name)) return []
    const suggestion = nearMiss(name, known)
    return [this.at(name).problem(`no ${what} "${name}"`, one(what, known), { at: 'key', suggestion })]
  }
}

function one(what: string, known: readonly string[]): string {
  if (known.length === 0) return `none: no ${what} is declared`
  return known.length > 12 ? `a known ${what}` : oneOf(known)
}
