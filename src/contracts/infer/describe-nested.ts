import { open } from 'node:fs/promises'
import { type Arranged, type FileEncoding, foreignEncoding } from '../../formats/delimited/index.js'
import { choosing, copyRecords, findShape, NoRecords, type Shape } from '../../formats/nested/index.js'
import { type NestedForm, readerOf } from '../nested-as-text.js'

/** How a file of nested objects is written, as far as it shows. */
export interface NestedFile {
  /** What a contract says of it. */
  readonly format: NestedForm & { readonly records?: string }
  readonly names: readonly string[]
  /** Values of which a record has several. */
  readonly several: readonly string[]
  readonly choices: Shape['choices']
}

/** What a file looks like that begins so. */
export function nestedKind(start: Buffer): 'json' | 'xml' | undefined {
  const encoding = foreignEncoding(start)
  const text = encoding === undefined ? start.toString('utf8') : start.toString('latin1').replaceAll('\0', '')
  const [, first = ''] = /^[^\w\s"'{[<]{0,3}\s*(\{\s*["}]|\[\s*[{[\]]|<[?!A-Za-z_])/.exec(text) ?? []
  return first === '' ? undefined : first.startsWith('<') ? 'xml' : 'json'
}

/** Finds the records of a file that nobody has described, and copies them to `target`. @throws NoRecords */
export async function describeNested(
  kind: 'json' | 'xml',
  file: string,
  target: string,
): Promise<{ readonly nested: NestedFile; readonly arranged: Arranged }> {
  const { format, shape } = await shapeOf(kind === 'xml' ? { kind } : { kind, encoding: await encodingIn(file) }, file)
  const { path, names, several, choices } = shape
  const arranged = await copyRecords(file, choosing(await readerOf(format, file), names), target, {
    path,
    wanted: names,
    only: true,
    byLine: format.kind === 'ndjson',
  })
  return {
    nested: { format: { ...format, ...(path === '' ? {} : { records: path }) }, names, several, choices },
    arranged,
  }
}

/** What is no JSON as a whole may be an object a line. */
async function shapeOf(
  format: NestedForm,
  file: string,
): Promise<{ readonly format: NestedForm; readonly shape: Shape }> {
  try {
    return { format, shape: await findShape(await readerOf(format, file)) }
  } catch (error) {
    if (!(error instanceof NoRecords) || error.cut || format.kind === 'xml') throw error
    const lines: NestedForm = { ...format, kind: 'ndjson' }
    const shape = await findShape(await readerOf(lines, file))
    if (shape.names.length === 0) throw error
    return { format: lines, shape }
  }
}

async function encodingIn(file: string): Promise<FileEncoding> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0)
    return foreignEncoding(buffer.subarray(0, bytesRead)) ?? 'utf-8'
  } finally {
    await handle.close()
  }
}
