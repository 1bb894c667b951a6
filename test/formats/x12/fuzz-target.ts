import { readDocument } from '../../../src/documents/index.js'
import {
  checkTransaction,
  type EnvelopeItem,
  loadGuide,
  readEnvelopes,
  type Transaction,
} from '../../../src/formats/x12/index.js'
import { cut, type Scan, type Scanned, scan } from './scanned.js'

/** What is true of the reading of any bytes. Throws where it is not. */
export async function tryBytes(bytes: Buffer, chunkSizes: readonly number[]): Promise<void> {
  const whole = scan(bytes)
  checkPlaces(bytes, whole)
  checkText(bytes, whole)
  checkWork(bytes, whole)
  const inChunks = scan(bytes, chunkSizes)
  same([whole.segments, whole.problems], [inChunks.segments, inChunks.problems], `in chunks of ${chunkSizes}`)
  await checkItems(bytes, whole, await itemsOf(bytes))
}

/** The same for the items as the tests read them: slower, so not for each of a million inputs. */
export async function tryItems(bytes: Buffer, chunkSizes: readonly number[]): Promise<void> {
  same(await itemsOf(bytes), await itemsOf(asSource(bytes, chunkSizes)), `items in chunks of ${chunkSizes}`)
}

async function* asSource(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  yield* cut(bytes, sizes)
}

async function itemsOf(source: Uint8Array | AsyncIterable<Uint8Array>): Promise<EnvelopeItem[]> {
  const items: EnvelopeItem[] = []
  for await (const item of readEnvelopes(source)) items.push(item)
  return items
}

/** Segments and problems stand in order, none over another, on their lines, and what is in neither says nothing. */
function checkPlaces(bytes: Buffer, { segments, problems }: Scan): void {
  const overlays = ['irregular-header', 'binary-length']
  const remarks = segments.flatMap(({ remark, byteOffset, line }) =>
    remark === undefined
      ? []
      : [{ byteOffset: byteOffset - remark.length, byteLength: remark.text.length, line: line - remark.lines }],
  )
  const places = [...segments, ...remarks, ...problems.filter(({ kind }) => !overlays.includes(kind))]
  places.sort((a, b) => a.byteOffset - b.byteOffset)
  const silent = silentBytes(bytes, segments)
  // It stands for the component separator of an ISA that has none (header-fault.ts).
  if (problems.some(({ message }) => message.includes('ISA16 is missing'))) silent.add(0x1f)
  const lines = new LineCounter(bytes)
  let end = 0
  for (const { byteOffset, byteLength, line } of places) {
    assert(byteOffset >= end && byteLength > 0, `${byteOffset} lies before ${end}`)
    assert(line === lines.at(byteOffset), `line ${line} at ${byteOffset} is ${lines.at(byteOffset)}`)
    for (let i = end; i < byteOffset; i++) assert(silent.has(bytes[i] as number), `byte ${i} is in no segment`)
    end = byteOffset + byteLength
  }
  assert(end <= bytes.length, `${end} lies beyond the file`)
  for (let i = end; i < bytes.length; i++) assert(silent.has(bytes[i] as number), `byte ${i} is in no segment`)
  for (const list of [segments, problems]) {
    for (let i = 1; i < list.length; i++) {
      assert((list[i - 1]?.byteOffset ?? 0) <= (list[i]?.byteOffset ?? 0), 'segments or problems are out of order')
    }
  }
}

/** What may stand between segments: filler, the rest of a UTF-8 terminator, and the terminators and component separators of the file. */
function silentBytes(bytes: Buffer, segments: readonly Scanned[]): Set<number> {
  const silent = new Set([0x00, 0x09, 0x0a, 0x0d, 0x1a, 0x20, 0xef, ...Array.from({ length: 64 }, (_, i) => 0x80 + i)])
  for (const { id, byteOffset, byteLength } of segments) {
    if (id !== 'ISA') continue
    // The component separator, before which a line may be wrapped or behind which; blanks may follow it.
    let last = byteOffset + byteLength - 1
    while (bytes[last] === 10 || bytes[last] === 13 || bytes[last] === 32) last--
    silent.add(bytes[last] as number)
    silent.add(bytes[byteOffset + byteLength] as number)
  }
  return silent
}

class LineCounter {
  #at = 0
  #line = 1
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  at(offset: number): number {
    for (; this.#at < offset; this.#at++) {
      const byte = this.#bytes[this.#at]
      if (byte === 13 || (byte === 10 && this.#bytes[this.#at - 1] !== 13)) this.#line++
    }
    return this.#line
  }
}

/** The elements put together again are the bytes of the segment. */
function checkText(bytes: Buffer, { segments, cleanAt }: Scan): void {
  let separator = '*'
  for (const { id, elements, byteOffset, byteLength, binary } of segments) {
    const raw = bytes.toString('latin1', byteOffset, byteOffset + byteLength)
    assert(!cleanAt.has(byteOffset) || !/\p{Cc}/u.test(elements.join('')), `${elements} is called clean`)
    const text = binary === 0 ? raw.replace(/[\r\n]/g, '') : raw
    if (id === 'ISA' && elements.length === 16) separator = text.charAt(3)
    if (binary === 0 && /[\x80-\xff]/.test(raw)) continue
    assert(
      [id, ...elements].join(separator) === text,
      `${JSON.stringify([id, ...elements])} is not ${JSON.stringify(text)}`,
    )
  }
}

/** Each question to the scanner brings a segment or ends a chunk, and there are no more answers than bytes. */
function checkWork(bytes: Buffer, { segments, problems, asked }: Scan): void {
  assert(asked <= segments.length + 2, `asked ${asked} times for ${segments.length} segments`)
  assert(segments.length + problems.length <= bytes.length, 'more segments and problems than bytes')
}

/** Each set comes out or is refused, whole, in order, and each that comes out can be checked and read. */
async function checkItems(bytes: Buffer, { segments }: Scan, items: readonly EnvelopeItem[]): Promise<void> {
  const begun = segments.filter(({ id, terminated }) => id === 'ST' && terminated).length
  const open: string[] = []
  let delimiters: Parameters<typeof checkTransaction>[2]
  let ended = 0
  let end = 0
  for (const item of items) {
    const [kind, bound] = item.kind.split('-')
    if (bound === 'open') open.push(kind as string)
    if (bound === 'close') assert(open.pop() === kind, `a ${kind} is closed that is not open`)
    if (item.kind === 'interchange-open') delimiters = item.delimiters
    if (item.kind === 'finding') {
      if (item.finding.scope === 'transaction') ended++
      checkSpan(bytes, item.finding)
    }
    if (item.kind !== 'transaction') continue
    ended++
    const { span, segments } = item.transaction
    assert(span.byteOffset >= end, 'a set lies out of order')
    checkSpan(bytes, span)
    end = span.byteOffset + span.byteLength
    assert(segments[0]?.id === 'ST' && segments.at(-1)?.id === 'SE', 'a set is not from ST to SE')
    await checkDocument(bytes, item.transaction, delimiters)
  }
  assert(open.length === 0, `left open: ${open}`)
  assert(ended === begun, `${begun} sets begin, ${ended} come out or are refused`)
}

/** It is read or refused with a reason, and what is found in it has its place in the file. */
async function checkDocument(
  bytes: Buffer,
  transaction: Transaction,
  delimiters: Parameters<typeof checkTransaction>[2],
): Promise<void> {
  const { document, findings } = readDocument(transaction)
  assert(document !== undefined || findings.length > 0, 'no document and no reason')
  for (const { span } of findings) checkSpan(bytes, span)
  const guide = await loadGuide(transaction.envelope.version, transaction.set)
  if (guide === undefined) return
  for (const finding of checkTransaction(transaction, guide, delimiters)) checkSpan(bytes, finding)
}

function checkSpan(
  bytes: Buffer,
  { byteOffset, byteLength, line }: { byteOffset: number; byteLength: number; line: number },
): void {
  const isWithin = byteOffset >= 0 && byteLength >= 0 && byteOffset + byteLength <= bytes.length && line > 0
  assert(isWithin, `${byteLength} bytes from ${byteOffset} on are not in the file`)
}

function same(a: unknown, b: unknown, how: string): void {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)]
  if (one === other) return
  let at = 0
  while (one[at] === other[at]) at++
  const around = (text: string) => text.slice(Math.max(0, at - 200), at + 100)
  throw new Error(`not the same ${how}:\n${around(one)}\n${around(other)}`)
}

function assert(holds: boolean, message: string): void {
  if (!holds) throw new Error(message)
}
