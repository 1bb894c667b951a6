import { join } from 'node:path'
import { arrangeRecords, type RecordTypes, recordFields, surveyFile } from '../../formats/delimited/index.js'
import type { Framing } from './guess-framing.js'
import { guessRecordTypes } from './guess-record-types.js'

/** A file of records of several types whose data records each stand by themselves in `path`. */
export interface MixedFile {
  readonly path: string
  readonly types: RecordTypes
  readonly counts: ReadonlyMap<string, number>
  /** Of each of the first columns, the type above the data that it stands in. */
  readonly above: readonly string[]
}

/** @param known what somebody has said of how the file is written */
export async function inOrder(
  path: string,
  tempFolder: string,
  known: Parameters<typeof guessRecordTypes>[1],
): Promise<(Framing & MixedFile & { readonly mixed: MixedFile }) | undefined> {
  const seen = await guessRecordTypes(path, known)
  if (seen === undefined) return undefined
  const { types, columns } = seen
  const target = join(tempFolder, 'in-order.csv')
  const order = {
    passOver: [],
    headerRepeats: false,
    spreadsheetTexts: false,
    types,
    columns,
    opening: undefined,
    trailer: undefined,
  }
  const { dialect, counts } = await arrangeRecords(path, target, seen.dialect, order)
  const { lastRecord = '' } = await surveyFile(target, dialect)
  const above = types.above.flatMap(({ type, columns }) => Array.from({ length: columns }, () => type))
  const [data = ''] = types.data
  const names = Array.from({ length: columns }, (_, n) => {
    const type = above[n] ?? data
    const first = above[n] === undefined ? above.length : above.indexOf(type)
    return `${type}_${n - first + 1}`
  })
  const mixed = { path: target, types, counts, above }
  return {
    ...mixed,
    mixed,
    dialect,
    width: columns,
    header: undefined,
    names,
    skip: 0,
    marker: undefined,
    opening: undefined,
    trailer: seen.trailer === undefined ? undefined : recordFields(lastRecord, dialect),
  }
}

export function typeSettings({ data, above, passedOver }: RecordTypes) {
  return {
    data,
    above: above.map(({ type }) => type),
    ...(passedOver.length > 0 ? { 'passed-over': passedOver } : {}),
  }
}
