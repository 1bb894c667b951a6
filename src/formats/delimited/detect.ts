import { open } from 'node:fs/promises'
import type { Dialect } from './dialect.js'
import { undecodable, wholeCharacters } from './encoding.js'
import { readHead } from './head.js'

const delimiters = [',', '|', '\t', ';', '~', '^'] as const
const sampleBytes = 1 << 16
const sampleRecords = 50

/**
 * How a file is written, where nobody has said so: windows-1252 if its beginning is no UTF-8, and the delimiter that gives most records
 * the width of the first one. What is known is taken as it is. A file of one column has a comma.
 */
export async function detectDialect(path: string, known: Partial<Dialect> & Pick<Dialect, 'header'>): Promise<Dialect> {
  const encoding = known.encoding ?? (await detectEncoding(path))
  const dialect = { quote: '"', ...known, encoding }
  if (known.delimiter !== undefined) return { ...dialect, delimiter: known.delimiter }
  let best = { delimiter: ',', alike: 0, width: 1 }
  for (const delimiter of delimiters) {
    const [first = [], ...others] = await readHead(path, { ...dialect, delimiter }, sampleRecords)
    const alike = others.filter(({ length }) => length === first.length).length
    const better = alike > best.alike || (alike === best.alike && first.length > best.width)
    if (first.length > 1 && better) best = { delimiter, alike, width: first.length }
  }
  return { ...dialect, delimiter: best.delimiter }
}

async function detectEncoding(path: string): Promise<Dialect['encoding']> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0)
    const sample = buffer.subarray(0, bytesRead)
    const whole = bytesRead < sampleBytes ? sample : sample.subarray(0, wholeCharacters(sample))
    return undecodable(whole, 'utf-8') < 0 ? 'utf-8' : 'windows-1252'
  } finally {
    await file.close()
  }
}
