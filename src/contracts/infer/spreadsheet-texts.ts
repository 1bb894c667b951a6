import { join } from 'node:path'
import { arrangeRecords, type Dialect, readHead } from '../../formats/delimited/index.js'
import type { Framing } from './guess-framing.js'

const SAMPLED = 2000

/** A copy with the texts themselves, where some stand as ="00123"; without such there is none. An apostrophe alone may be one of the text. */
export async function withoutSpreadsheetTexts(
  path: string,
  tempFolder: string,
  { dialect, width }: Pick<Framing, 'dialect' | 'width'>,
): Promise<{ readonly path: string; readonly dialect: Dialect } | undefined> {
  const head = await readHead(path, dialect, SAMPLED)
  if (!head.some((record) => record.some((value) => /^="[^"]*"$/.test(value.trim())))) return undefined
  const target = join(tempFolder, 'plain-texts.csv')
  const arranged = await arrangeRecords(path, target, dialect, {
    passOver: [],
    headerRepeats: false,
    spreadsheetTexts: true,
    types: undefined,
    columns: width,
    opening: undefined,
    trailer: undefined,
  })
  return { path: target, dialect: arranged.dialect }
}
