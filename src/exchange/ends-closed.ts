/** What stands at the end of a file that is whole: one of the brackets, or the end tag of the root element. */
export interface ClosingMark {
  readonly closes: 'bracket' | { readonly root: string }
}

/**
 * Whether what the file began with is closed at its end; after it only white space, NUL and Ctrl-Z. A file cut off right behind an inner
 * bracket looks whole here, and is found out when it is read.
 */
export function endsClosed(ending: Buffer, { closes }: ClosingMark): boolean {
  // UTF-16 has a NUL in each character of a name.
  const text = ending.toString('latin1').replaceAll('\0', '').replaceAll('\x1a', ' ').trimEnd()
  if (closes === 'bracket') return text.endsWith('}') || text.endsWith(']')
  const [, name, alone] = /<(?:\/([^<>/\s]+)\s*|([^<>/\s]+)[^<>]*\/)>$/.exec(text) ?? []
  return [name, alone].some((one) => one?.slice(one.indexOf(':') + 1) === closes.root)
}
