const MASK = '[secret]'

/** Below this length a secret is masked only where it stands as a word of its own: "a" is in every sentence. */
const SHORT = 4

/** Knows the secrets of this process and keeps them out of every text that leaves it: logs, errors, JSON. */
export class Redactor {
  readonly #secrets = new Set<string>()
  #pattern: RegExp | undefined

  /** From here on the value is masked, also line by line, as JSON and URLs write it, and in base64. */
  register(secret: string): void {
    const lines = secret.split(/\r?\n/).filter((line) => line.length >= 12)
    for (const form of [secret, secret.trim(), ...lines]) {
      this.#add(form)
      this.#add(JSON.stringify(form).slice(1, -1))
      this.#add(encodeURIComponent(Buffer.from(form).toString()))
      if (form.length >= SHORT) this.#add(Buffer.from(form).toString('base64').replace(/=+$/, ''))
    }
  }

  mask(text: string): string {
    if (this.#secrets.size === 0) return text
    this.#pattern ??= patternOf([...this.#secrets])
    return text.replace(this.#pattern, MASK)
  }

  #add(form: string): void {
    if (form === '') return
    this.#secrets.add(form)
    this.#pattern = undefined
  }
}

function patternOf(secrets: readonly string[]): RegExp {
  // The longest first: a secret may hold another one.
  const alternatives = [...secrets]
    .sort((a, b) => b.length - a.length)
    .map((secret) => {
      const literal = secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
      return secret.length < SHORT ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal
    })
  return new RegExp(alternatives.join('|'), 'gu')
}
