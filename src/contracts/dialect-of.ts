import type { ExtractColumn, TextContract } from '../config/extract-contract.js'
import type { Dialect } from '../formats/delimited/index.js'

/** How a file is written, as its contract says. */
export function dialectOf({ format, columns }: TextContract): Dialect {
  const { encoding, trailer } = format
  const length = format.kind === 'fixed' ? format['record-length'] : undefined
  return {
    ...(format.kind === 'delimited'
      ? { delimiter: format.delimiter, quote: format.quote, header: format.header }
      : {
          delimiter: ',',
          quote: '',
          header: false,
          fixed: {
            places: columns.filter(({ of }) => of === undefined).map(placeOf),
            ...(length === undefined ? {} : { length }),
          },
        }),
    encoding,
    skip: format['skip-records'],
    ...(format['header-marker'] === undefined ? {} : { headerMarker: format['header-marker'] }),
    ...(trailer === undefined ? {} : { trailerMarker: trailer.marker }),
  }
}

export const placeOf = ({
  from = 1,
  width = 1,
}: Pick<ExtractColumn, 'from' | 'width'>): { readonly start: number; readonly end: number } => ({
  start: from - 1,
  end: from - 1 + width,
})
