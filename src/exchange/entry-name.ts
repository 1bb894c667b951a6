import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import { socialSecurityNumber } from '../canonical/index.js'

/** What file systems allow for one name, in bytes of UTF-8. */
const LONGEST_NAME = 255

/** Characters that move the cursor or turn the direction of writing: a name with one reads as another than it is. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u
const ALL_UNPRINTABLE = new RegExp(UNPRINTABLE, 'gu')

/** Why a name in a listing is not trusted, or undefined. A name must stay in its folder here and at the server. */
export function refuseName(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'not a file name'
  if (/[/\\]/.test(name)) return 'a slash or backslash in the name could lead out of the folder'
  if (name.includes('\0')) return 'a NUL in the name'
  // What the server sent was not UTF-8, so no name we could send back would be the same.
  if (name.includes('\uFFFD')) return 'the name is not UTF-8 and cannot be asked for'
  if (UNPRINTABLE.test(name)) return 'a control character in the name'
  if (isOfPatient(name)) return namesPatient
  return undefined
}

export const namesPatient = 'the name holds what looks like the identity of a patient'

const SOCIAL_SECURITY_NUMBER = new RegExp(socialSecurityNumber)

/** A number called one: nine digits, or a medical record number that is no day (MRN_20261130). */
const CALLED_ONE =
  /(?<![a-z0-9])(?:ssn[ .:#-]*\d{3}[ -]?\d{2}[ -]?\d{4}|mrn[ .:#-]*(?!20\d\d[01]\d[0-3]\d(?!\d))\d{5,})/i

function isOfPatient(name: string): boolean {
  const words = name.replaceAll('_', ' ')
  return SOCIAL_SECURITY_NUMBER.test(words) || CALLED_ONE.test(words)
}

/** `folder/name`, as both kinds of endpoint write it. */
export const joinPath = (folder: string, name: string): string =>
  folder === '' || folder === '.' ? name : folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`

/** The name as logs and tables can show it: what does not print is written as \u{...}, and one that names a patient not at all. */
export const printable = (name: string): string => {
  if (isOfPatient(name))
    return `name withheld, ${createHash('sha256').update(name).digest('hex').slice(0, 8)}${extname(name)}`
  return name.replace(ALL_UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

export const isTooLong = (name: string): boolean => Buffer.byteLength(name) > LONGEST_NAME

/** `name` and `ending`, the name shortened where both together would be too long for a file system. */
export function withEnding(name: string, ending: string): string {
  let kept = [...name]
  while (isTooLong(kept.join('') + ending)) kept = kept.slice(0, -1)
  return kept.join('') + ending
}
