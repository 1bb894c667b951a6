import { type CST, Parser } from 'yaml'

/** Settings nest some ten levels deep. */
const DEEPEST = 60

/**
 * Offset at which a YAML text nests too deeply to be read; undefined when it does not. Looks at tokens only, with a stack of its own:
 * composing values recurses, and a hostile or broken file would take the process down with it.
 */
export function tooDeepAt(text: string): number | undefined {
  const open: { token: CST.Token; depth: number }[] = []
  for (const document of new Parser().parse(text)) {
    if (document.type === 'document' && document.value) open.push({ token: document.value, depth: 1 })
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next
    if (depth > DEEPEST) return token.offset
    if (!('items' in token)) continue
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 })
      if (value) open.push({ token: value, depth: depth + 1 })
    }
  }
  return undefined
}
