/** What file systems allow for one name, in bytes of UTF-8. */
const LONGEST_NAME = 255

/** Characters that move the cursor or turn the direction of writing: a name with one reads as another than it is. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u

/** Why a name in a listing is not trusted, or undefined. A name must stay in its folder here and at the server. */
export function refuseName(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'not a file name'
  if (/[/\\]/.test(name)) return 'a slash or backslash in the name could lead out of the folder'
  if (name.includes('\0')) return 'a NUL in the name'
  // What the server sent was not UTF-8, so no name we could send back would be the same.
  if (name.includes('\uFFFD')) return 'the name is not UTF-8 and cannot be asked for'
  if (UNPRINTABLE.test(name)) return 'a control character in the name'
  return undefined
}

/** `folder/name`, as both kinds of endpoint write it. */
export const joinPath = (folder: string, name: string): string =>
  folder === '' || folder === '.' ? name : folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`

/** The name as logs and tables can show it: what does not print is written as \u{...}. */
export const printable = (name: string): string =>
  name.replace(new RegExp(UNPRINTABLE, 'gu'), (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)

export const isTooLong = (name: string): boolean => Buffer.byteLength(name) > LONGEST_NAME

/** `name` and `ending`, the name shortened where both together would be too long for a file system. */
export function withEnding(name: string, ending: string): string {
  let kept = [...name]
  while (isTooLong(kept.join('') + ending)) kept = kept.slice(0, -1)
  return kept.join('') + ending
}
