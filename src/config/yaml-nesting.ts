import type { CST } from 'yaml'

/** Settings nest some ten levels deep. */
const DEEPEST = 60

/**
 * Offset at which YAML nests too deeply to be read; undefined when it does not. Looks at tokens only, with a stack of its own: composing
 * values recurses, and a hostile or broken file would take the process down with it.
 */
export function tooDeepAt(tokens: readonly CST.Token[]): number | undefined {
  const open: { token: CST.Token; depth: number }[] = []
  for (const token of tokens) if (token.type === 'document' && token.value) open.push({ token: token.value, depth: 1 })
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
