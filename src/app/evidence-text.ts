import type { Source } from '../canonical/index.js'

/** Where a value stands, in words: file, line or record or byte, element and value. */
export function evidenceText({ file, line, record, column, byteOffset, byteLength, field, value }: Source): string {
  const where = [
    line !== undefined ? `line ${line}` : record !== undefined ? `record ${record}` : undefined,
    column === undefined ? undefined : `column ${column}`,
    byteOffset === undefined
      ? undefined
      : `byte ${byteOffset}${byteLength === undefined ? '' : `, ${byteLength} long`}`,
  ].filter((part) => part !== undefined)
  const what = [field, value].filter((part) => part !== undefined).join(' = ')
  return `${[file, ...where].join(', ')}${what === '' ? '' : `: ${what}`}`
}
