import { open } from 'node:fs/promises'
import iconv from 'iconv-lite'
import type { Dialect } from './dialect.js'
import { undecodable, wholeCharacters } from './encoding.js'
import { recordFields } from './record-fields.js'
import { RecordScanner } from './record-scanner.js'

const delimiters = [',', '|', '\t', ';', '~', '^', '\u0001', '\u001f'] as const
/** Each is several of the characters above, or of others; the longer first. */
const severalCharacters = ['~|~', '|~|', '^|^', '|^|', '~^~', '||', '~~', '^^', '::', ';;', '@@', '##'] as const
const sampleBytes = 1 << 16

/**
 * How a file is written, where nobody has said so: in windows-1252 if its beginning is not UTF-8, and with the delimiter that gives most
 * records the same number of values. It has no quotes if, read without them, more records have that number and hardly any has another:
 * then a quote is an ordinary character ("Sterile" pack, 12"), since lines that a quoted value breaks in two would not be alike. What is
 * known is taken as given. A file of one column has a comma.
 */
export async function detectDialect(path: string, known: Partial<Dialect> & Pick<Dialect, 'header'>): Promise<Dialect> {
  const sample = await readSample(path)
  const encoding = known.encoding ?? (undecodable(sample, 'utf-8') < 0 ? 'utf-8' : 'windows-1252')
  const dialect = { quote: '"', ...known, encoding }
  if (known.delimiter !== undefined) return { ...dialect, delimiter: known.delimiter }
  let best = { delimiter: ',', quote: dialect.quote, alike: 0, width: 1 }
  const quotes = sample[0] === 0x27 ? ["'", '"', ''] : ['"', '']
  for (const quote of known.quote === undefined ? quotes : [known.quote])
    for (const delimiter of delimiters) {
      const records = widths(sample, { ...dialect, quote, delimiter })
      const [width, alike] = mostFrequent(records)
      if (quote !== dialect.quote && alike * 50 < records.length * 49) continue
      const wider = quote === best.quote && alike === best.alike && width > best.width
      if (width > 1 && (alike > best.alike || wider)) best = { delimiter, quote, alike, width }
    }
  const { quote, delimiter, alike } = best
  return { ...dialect, quote, delimiter: longer(sample, { ...dialect, quote }, alike) ?? delimiter }
}

/** Several characters that stand between values wherever one of them stands, and give as many records the same number of values. */
function longer(sample: Buffer, dialect: Omit<Dialect, 'delimiter'>, alike: number): string | undefined {
  const text = sample.toString('latin1')
  const count = (part: string): number => text.split(part).length - 1
  return severalCharacters.find((delimiter) => {
    const times = count(delimiter)
    const characters = [...new Set(delimiter)]
    const always = characters.every((one) => count(one) === times * (delimiter.split(one).length - 1))
    if (times === 0 || !always) return false
    const [width, same] = mostFrequent(widths(sample, { ...dialect, delimiter }))
    return width > 1 && same >= alike
  })
}

/** The beginning of the file, without half a character at its end. */
async function readSample(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0)
    const sample = buffer.subarray(0, bytesRead)
    return bytesRead < sampleBytes ? sample : sample.subarray(0, wholeCharacters(sample))
  } finally {
    await file.close()
  }
}

/** How many values each whole record of the sample has. */
function widths(sample: Buffer, dialect: Dialect): number[] {
  const found: number[] = []
  const scanner = new RecordScanner(dialect, ({ buffer, start, end }) => {
    if (end === start) return
    const text = iconv.decode(buffer.subarray(start, end), dialect.encoding)
    found.push(recordFields(text, dialect)?.length ?? 1)
  })
  scanner.scan(sample, 0, sample.length < sampleBytes)
  return found
}

/** The number that is there most often, the larger of two, and how often. */
function mostFrequent(numbers: readonly number[]): readonly [number, number] {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0]
}
