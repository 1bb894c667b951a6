import { stat } from 'node:fs/promises'
import type { ExtractContract, NestedContract } from '../config/extract-contract.js'
import { encodingOf, plainDialect } from '../formats/delimited/index.js'
import { choosing, copyRecords, type NestedReader, NoRecords, ToldValues } from '../formats/nested/index.js'
import type { TextExtract } from './text-extract.js'

export const isNested = (format: ExtractContract['format']): format is NestedContract['format'] =>
  format.kind === 'json' || format.kind === 'ndjson' || format.kind === 'xml'

/** The records of nested objects as a delimited file; a name of its header is the keys that lead to the value. */
export async function nestedAsText(contract: NestedContract, file: string, target: string): Promise<TextExtract> {
  const { format, columns } = contract
  const { count, sums = [] } = format.totals ?? {}
  const places = [...(count === undefined ? [] : [count]), ...sums.map(({ at }) => at)]
  const behindCount = places.length - sums.length
  const text = {
    ...contract,
    format: {
      ...plainDialect,
      kind: 'delimited' as const,
      encoding: 'utf-8' as const,
      header: true,
      'skip-records': 0,
      'null-values': format['null-values'],
      ...(places.length === 0
        ? {}
        : {
            'header-totals': {
              ...(count === undefined ? {} : { count: 1 }),
              'count-includes': 0,
              sums: sums.map(({ column }, n) => ({ position: behindCount + n + 1, column })),
            },
          }),
    },
  }
  if (format.kind !== 'ndjson' && (await stat(file)).size === 0)
    return { contract: text, path: target, fault: { code: 'FILE-EMPTY', message: 'there is nothing in the file' } }
  try {
    const wanted = columns.map(({ name }) => name)
    const reader = choosing(await readerOf(format, file), [...wanted, ...places])
    const values = new ToldValues(places)
    const read: NestedReader = places.length === 0 ? reader : (events) => reader(values.beside(events))
    const arranged = await copyRecords(file, read, target, {
      path: format.records ?? '',
      wanted,
      only: contract['new-columns'] === 'ignore',
      byLine: format.kind === 'ndjson',
    })
    return {
      contract: text,
      path: target,
      arranged,
      ...(places.length === 0 ? {} : { told: places.map((at) => ({ at, texts: values.at(at) })) }),
    }
  } catch (error) {
    if (!(error instanceof NoRecords)) throw error
    const { message, line, cut } = error
    return {
      contract: text,
      path: target,
      fault: {
        code: cut ? 'FILE-TRUNCATED' : 'FILE-UNREADABLE',
        message: `${message}; nothing of the file is used`,
        evidence: [{ line }],
      },
    }
  }
}

export type NestedForm =
  | Pick<Extract<NestedContract['format'], { readonly kind: 'json' | 'ndjson' }>, 'kind' | 'encoding'>
  | { readonly kind: 'xml' }

export async function readerOf(format: NestedForm, file: string): Promise<NestedReader> {
  if (format.kind === 'xml') {
    const { xmlReader } = await import('../formats/xml/index.js')
    return xmlReader(file)
  }
  const { jsonReader, ndjsonReader } = await import('../formats/json/index.js')
  const encoding = await encodingOf(file, format.encoding)
  return format.kind === 'json' ? jsonReader(file, encoding) : ndjsonReader(file, encoding)
}
