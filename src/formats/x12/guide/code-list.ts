import type { Codes } from './guide.js'

const CLASS = /\[([^\]]*)\]/

/** The codes of a list as `codes.json` has it: `A[0-9A-C] ZZ` is A0 to A9, AA, AB, AC and ZZ. Most lists are never asked. */
export class CodeList implements Codes {
  readonly #text: string
  #codes: ReadonlySet<string> | undefined

  constructor(text: string) {
    this.#text = text
  }

  has(code: string): boolean {
    return this.#all().has(code)
  }

  get size(): number {
    return this.#all().size
  }

  [Symbol.iterator](): Iterator<string> {
    return (this.#codes ?? expanded(this.#text)).values()
  }

  #all(): ReadonlySet<string> {
    this.#codes ??= new Set(expanded(this.#text))
    return this.#codes
  }
}

function expanded(text: string): readonly string[] {
  const codes: string[] = []
  for (const item of text.split(' ')) expand(item, codes)
  return codes
}

function expand(item: string, into: string[]): void {
  const found = CLASS.exec(item)
  if (found === null) {
    into.push(item)
    return
  }
  const [whole, characters = ''] = found
  for (const character of charactersOf(characters)) {
    expand(item.slice(0, found.index) + character + item.slice(found.index + whole.length), into)
  }
}

function charactersOf(text: string): string[] {
  const characters: string[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i + 1] !== '-') {
      characters.push(text.charAt(i))
      continue
    }
    for (let code = text.charCodeAt(i); code <= text.charCodeAt(i + 2); code++)
      characters.push(String.fromCharCode(code))
    i += 2
  }
  return characters
}
