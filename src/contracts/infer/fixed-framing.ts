import { type Dialect, surveyFile } from '../../formats/delimited/index.js'
import type { Framing } from './guess-framing.js'

/** Where a value stands in a record. */
export interface Place {
  readonly from: number
  readonly width: number
}

export interface FixedFraming extends Framing {
  /** Where the values of its trailer stand. */
  readonly trailerPlaces: readonly Place[] | undefined
}

const controlWord = /^(TRAILER|TRLR|TRL|TOTALS?|FOOTER|FTR|EOF|END)(?=[\s\d])/i

/**
 * Values at fixed places are nothing that can be seen: somebody has to describe them. The last record is a trailer where it begins with a
 * word that says so; its values are what stands there in digits.
 */
export async function fixedFraming(
  path: string,
  layout: readonly Partial<Place>[] | undefined,
  encoding: Dialect['encoding'],
): Promise<FixedFraming | undefined> {
  if (layout === undefined || layout.some(({ from, width }) => from === undefined || width === undefined))
    return undefined
  const dialect: Dialect = {
    delimiter: ',',
    quote: '',
    encoding,
    header: false,
    fixed: { places: layout.map(({ from = 1, width = 1 }) => ({ start: from - 1, end: from - 1 + width })) },
  }
  const { lastRecord = '', records } = await surveyFile(path, dialect)
  const marker = records > 1 ? controlWord.exec(lastRecord)?.[0] : undefined
  const places = marker === undefined ? undefined : placesIn(lastRecord, marker)
  return {
    dialect: { ...dialect, ...(marker === undefined ? {} : { trailerMarker: marker }) },
    width: layout.length,
    header: undefined,
    skip: 0,
    marker: undefined,
    opening: undefined,
    trailer: places?.map(({ from, width }) => lastRecord.slice(from - 1, from - 1 + width)),
    trailerPlaces: places,
  }
}

const placesIn = (record: string, marker: string): Place[] => [
  { from: 1, width: marker.length },
  ...[...record.matchAll(/\d[\d.]*-?/g)].map(({ index, 0: { length } }) => ({ from: index + 1, width: length })),
]
