import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import JSZip from 'jszip'
import { systemError } from '../../errors/index.js'
import { stateTexts } from '../../state/index.js'
import type { Tools } from '../tools.js'

/** A text that people or systems get to see, and where it stands. */
export interface OutputText {
  readonly where: string
  readonly text: string
}

/**
 * Everything that leaves intake: the store, reports, loads, what went to partners; and the files and folders named beside them, such as
 * logs. The archive is not among it: it holds what came in, as it came.
 * @throws WORKSPACE-READ-ONLY and others where something cannot be read: a scan that left something out would say too much
 */
export async function* outputTexts({ state, folder }: Tools, also: readonly string[]): AsyncGenerator<OutputText> {
  for await (const { table, column, row, text } of stateTexts(state.database))
    yield { where: `store: ${table}.${column}, row ${row}`, text }
  const folders = ['reports', 'loads', 'outbox', 'evidence'].map((name) => path.join(folder, name))
  for (const below of folders) yield* textsBelow(below, true)
  for (const named of also) yield* textsBelow(path.resolve(named), false)
}

async function* textsBelow(place: string, mayBeMissing: boolean): AsyncGenerator<OutputText> {
  for (const file of await filesAt(place, mayBeMissing)) {
    const bytes = await readFile(file)
    if (bytes.subarray(0, 4).equals(ZIP)) yield* zipped(file, bytes)
    else yield { where: file, text: `${path.basename(file)} ${bytes.toString('utf8')}` }
  }
}

async function filesAt(place: string, mayBeMissing: boolean): Promise<string[]> {
  try {
    if ((await stat(place)).isFile()) return [place]
    const entries = await readdir(place, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
  } catch (error) {
    if (mayBeMissing && error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw systemError(error, place)
  }
}

const ZIP = Buffer.from('PK\u0003\u0004')

/** Loads and workbooks. Of XML only what stands between the tags. */
async function* zipped(file: string, bytes: Buffer): AsyncGenerator<OutputText> {
  const zip = await JSZip.loadAsync(bytes)
  for (const entry of Object.values(zip.files)) {
    if (entry.dir) continue
    const text = await entry.async('string')
    yield {
      where: `${file}: ${entry.name}`,
      text: /\.(xml|rels)$/.test(entry.name) ? text.replace(/<[^>]*>/g, '\n') : text,
    }
  }
}
