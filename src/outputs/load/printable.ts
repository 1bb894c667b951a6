/** One character as iterating over a text gives it: no line break, control character, byte order mark or half of a surrogate pair. */
export function isPrintable(char: string): boolean {
  const code = char.codePointAt(0) ?? 0
  const control = code < 0x20 || (code >= 0x7f && code < 0xa0)
  const mark = code === 0xfeff || code === 0xfffe || code === 0xffff
  return !control && !mark && !(code >= 0xd800 && code < 0xe000)
}
