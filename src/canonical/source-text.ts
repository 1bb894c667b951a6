import type { Source } from './finding.js'

/** Where in its file a value stands: line or record, column, byte. */
export const placeText = ({ line, record, column, byteOffset, byteLength }: Source): string =>
  [
    line !== undefined ? `line ${line}` : record !== undefined ? `record ${record}` : undefined,
    column === undefined ? undefined : `column ${column}`,
    byteOffset === undefined
      ? undefined
      : `byte ${byteOffset}${byteLength === undefined ? '' : `, ${byteLength} long`}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ')

/** Where a value stands, in words: file, line or record or byte, element and value. */
export function sourceText(source: Source): string {
  const { file, field, value } = source
  const what = [field, value].filter((part) => part !== undefined).join(' = ')
  return `${[file, placeText(source)].filter((part) => part !== '').join(', ')}${what === '' ? '' : `: ${what}`}`
}
