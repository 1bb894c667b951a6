import { expect } from 'vitest'
import type { Delimiters } from '../../../src/formats/x12/delimiters.js'
import {
  checkTransaction,
  type Guide,
  loadGuide,
  readEnvelopes,
  type Transaction,
  type X12Finding,
} from '../../../src/formats/x12/index.js'

export interface ReadSet {
  readonly transaction: Transaction
  readonly delimiters: Delimiters
}

/** The transaction sets of a file that are complete in themselves, each with the delimiters of its interchange. */
export async function setsOf(bytes: Uint8Array): Promise<ReadSet[]> {
  const sets: ReadSet[] = []
  let delimiters: Delimiters | undefined
  for await (const item of readEnvelopes(bytes)) {
    if (item.kind === 'interchange-open') delimiters = item.delimiters
    if (item.kind === 'transaction' && delimiters !== undefined) {
      sets.push({ transaction: item.transaction, delimiters })
    }
  }
  return sets
}

/** An interchange with one transaction set; `segments` are its segments without ST and SE, elements apart by `*`. */
export function fileOf(version: string, set: string, segments: readonly string[]): Buffer {
  const isa11 = version >= '00402' ? '^' : 'U'
  const isa = `ISA*00*          *00*          *ZZ*SUPPLIER       *ZZ*HOSPITAL       *261101*0800*${isa11}*${version.slice(0, 5)}*000000001*0*P*>`
  const all = [`ST*${set}*0001`, ...segments]
  const lines = [isa, `GS*XX*SUPPLIER*HOSPITAL*20261101*0800*1*X*${version}`, ...all]
  return Buffer.from(`${[...lines, `SE*${all.length + 1}*0001`, 'GE*1*1', 'IEA*1*000000001'].join('~\n')}~\n`)
}

export async function guideFor(version: string, set: string): Promise<Guide> {
  const guide = await loadGuide(version, set)
  if (guide === undefined) throw new Error(`no guide for ${set} in ${version}`)
  return guide
}

/** What the check finds in such a set; with `guide`, against that one. */
export async function found(
  version: string,
  set: string,
  segments: readonly string[],
  guide?: Guide,
): Promise<X12Finding[]> {
  const sets = await setsOf(fileOf(version, set, segments))
  expect(sets, 'the set must come through the envelope').toHaveLength(1)
  const { transaction, delimiters } = sets[0] as ReadSet
  return checkTransaction(transaction, guide ?? (await guideFor(version, set)), delimiters)
}

/** A finding in short: AK403:5 BEG03 @2. */
export function short({ standardCode, segment, element, component, segmentPosition }: X12Finding): string {
  const place = element === undefined ? segment : `${segment}${String(element).padStart(2, '0')}`
  return `${standardCode} ${place}${component === undefined ? '' : `-${component}`} @${segmentPosition}`
}
