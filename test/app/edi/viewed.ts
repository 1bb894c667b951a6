import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type EdiFile, withEdiFile } from '../../../src/app/edi/edi-file.js'
import { type Viewed, viewFile } from '../../../src/app/edi/view-file.js'
import { loadWords } from '../../../src/app/edi/words.js'

export const samples = path.join(import.meta.dirname, '..', '..', '..', 'edi-samples')
export const sample = (name: string): string => path.join(samples, name)
export const sampleText = (name: string): string => readFileSync(sample(name), 'latin1')

/** All that a file shows. */
export const viewedFile = (file: string, only?: number, partners?: ReadonlyMap<string, string>): Promise<Viewed[]> =>
  withEdiFile(file, async (opened) => {
    const viewed: Viewed[] = []
    for await (const one of viewFile(opened, await loadWords(partners), only)) viewed.push(one)
    return viewed
  })

/** Bytes as a file in a folder of their own. */
export async function withBytes<T>(
  bytes: string | Uint8Array,
  use: (file: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'matchbook-test-edi-'))
  try {
    const file = path.join(folder, 'file.edi')
    writeFileSync(file, typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
    return await use(file, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const withOpened = <T>(bytes: string | Uint8Array, use: (file: EdiFile) => Promise<T>): Promise<T> =>
  withBytes(bytes, (file) => withEdiFile(file, use))

/** Segments as text with `*`, without their ST and SE, in an interchange; `usage` T or P. */
export function interchange(set: string, functionalId: string, segments: readonly string[], usage = 'P'): string {
  return [
    `ISA*00*          *00*          *ZZ*SUPPLIER       *ZZ*HOSPITAL       *261120*2130*U*00401*000000007*0*${usage}*>`,
    `GS*${functionalId}*SUPPLIER*HOSPITAL*20261120*2130*7*X*004010`,
    `ST*${set}*0001`,
    ...segments,
    `SE*${segments.length + 2}*0001`,
    'GE*1*7',
    'IEA*1*000000007',
  ]
    .map((segment) => `${segment}~\n`)
    .join('')
}
