import { writeFileSync } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { MatchbookError } from '../../errors/index.js'
import { makeFolder } from '../../exchange/index.js'
import { type DecodedSegment, type EnvelopeItem, readEnvelopes, type Transaction } from '../../formats/x12/index.js'
import type { EdiFile } from './edi-file.js'
import { splitName } from './split-name.js'
import type { PartnerNames } from './words.js'

export interface SplitOptions {
  /** Must be new or empty. */
  readonly folder: string
  /** Name of a file, with {partner}, {set} and so on; see splitName. */
  readonly pattern: string
  readonly partners: PartnerNames
}

export type SplitPart =
  | { readonly kind: 'written'; readonly file: string; readonly set: string; readonly control: string }
  /** Bytes of a set that does not hold, kept as they are, and why. */
  | { readonly kind: 'unusable'; readonly file: string; readonly reason: string; readonly byteOffset: number }

const UNUSABLE = 'unusable'
const COPY_BYTES = 1024 * 1024

interface Opened {
  readonly st: DecodedSegment
  transaction: Transaction | undefined
  reason: string | undefined
}

/**
 * One interchange a transaction set: the ISA and GS as they stand, the bytes of the set unchanged, GE and IEA with a count of one.
 * A set that cannot be used lies as it is in the folder `unusable`. Nothing is overwritten; memory does not grow with the file.
 * @throws USAGE when the folder holds anything, or the pattern names no file
 */
export async function splitFile(
  file: EdiFile,
  options: SplitOptions,
  tell: (part: SplitPart) => void,
): Promise<{ readonly written: number; readonly unusable: number }> {
  await makeEmpty(options.folder)
  const splitter = new Splitter(file, options, tell)
  for await (const item of readEnvelopes(file.chunks())) await splitter.take(item)
  await splitter.end()
  return { written: splitter.written, unusable: splitter.unusable }
}

/** Follows the bounds of interchanges, groups and sets, and writes a part at the end of each set. */
class Splitter {
  written = 0
  unusable = 0
  readonly #file: EdiFile
  readonly #options: SplitOptions
  readonly #tell: (part: SplitPart) => void
  #isa: DecodedSegment | undefined
  #gs: DecodedSegment | undefined
  #cover: Cover | undefined
  #opened: Opened | undefined
  /** A set that does not hold ends where the next thing begins. */
  #broken: Opened | undefined

  constructor(file: EdiFile, options: SplitOptions, tell: (part: SplitPart) => void) {
    this.#file = file
    this.#options = options
    this.#tell = tell
  }

  async take(item: EnvelopeItem): Promise<void> {
    switch (item.kind) {
      case 'interchange-open':
        await this.#keepBroken(item.isa)
        this.#isa = item.isa
        break
      case 'group-open':
        await this.#keepBroken(item.gs)
        this.#gs = item.gs
        this.#cover = undefined
        break
      case 'set-open':
        await this.#keepBroken(item.st)
        this.#opened = { st: item.st, transaction: undefined, reason: undefined }
        break
      case 'transaction':
        if (this.#opened !== undefined) this.#opened.transaction = item.transaction
        break
      case 'finding':
        if (this.#opened !== undefined && item.finding.scope === 'transaction')
          this.#opened.reason ??= item.finding.message
        break
      case 'set-close':
        if (this.#opened?.transaction === undefined) this.#broken = this.#opened
        else await this.#keep(this.#opened.transaction)
        this.#opened = undefined
        break
      case 'group-close':
        await this.#keepBroken(item.ge)
        this.#gs = undefined
        break
      case 'interchange-close':
        await this.#keepBroken(item.iea)
        break
      case 'service':
        await this.#keepBroken(item.segment)
    }
  }

  end(): Promise<void> {
    return this.#keepBroken({ span: { byteOffset: this.#file.size } })
  }

  async #keep(transaction: Transaction): Promise<void> {
    if (this.#isa === undefined || this.#gs === undefined) return
    this.#cover ??= await coverOf(this.#file, this.#isa, this.#gs)
    const { folder, pattern, partners } = this.#options
    const name = splitName({ pattern, transaction, n: this.written + 1, partners })
    const parts = interchangeOf(this.#cover, transaction)
    const target = await writeNew(path.join(folder, name), (free) => writeParts(free, parts, this.#file))
    this.written++
    const { set, envelope } = transaction
    this.#tell({ kind: 'written', file: target, set, control: envelope.transactionControl })
  }

  /** Up to what comes next; where that is not there, up to what comes after it. */
  async #keepBroken(next: { readonly span: { readonly byteOffset: number } } | undefined): Promise<void> {
    if (this.#broken === undefined || next === undefined) return
    const { st, reason = 'it does not hold' } = this.#broken
    this.#broken = undefined
    const { byteOffset } = st.span
    const apart = path.join(this.#options.folder, UNUSABLE)
    await mkdir(apart, { recursive: true })
    const target = path.join(apart, `byte-${byteOffset}.edi`)
    await writeParts(target, [{ from: byteOffset, to: next.span.byteOffset }], this.#file)
    this.unusable++
    this.#tell({ kind: 'unusable', file: target, reason, byteOffset })
  }
}

async function makeEmpty(folder: string): Promise<void> {
  await makeFolder(folder)
  if ((await readdir(folder)).length > 0) {
    throw new MatchbookError('USAGE', `${folder} is not empty: nothing was written`, {
      hint: 'Name a folder that is new or empty, so that nothing is overwritten or mixed up',
      facts: { folder },
    })
  }
}

type Part = Buffer | { readonly from: number; readonly to: number }

/** What goes before and behind each set of a group: the same for all of them. */
interface Cover {
  readonly head: Buffer
  readonly terminator: Buffer
  readonly tail: Buffer
}

async function coverOf(file: EdiFile, isa: DecodedSegment, gs: DecodedSegment): Promise<Cover> {
  const header = await file.bytesAt(isa.span.byteOffset, isa.span.byteLength)
  const terminator = terminatorIn(await file.bytesAt(isa.span.byteOffset + isa.span.byteLength, 8))
  const group = await file.bytesAt(gs.span.byteOffset, gs.span.byteLength)
  // The byte behind GS is the element separator.
  const separator = group.subarray(2, 3)
  const trailer = (...values: readonly string[]): Buffer[] => [
    ...values.flatMap((value, n) => [...(n === 0 ? [] : [separator]), Buffer.from(value, 'latin1')]),
    terminator,
  ]
  return {
    head: Buffer.concat([header, terminator, group, terminator]),
    terminator,
    tail: Buffer.concat([...trailer('GE', '1', gs.elements[5] ?? ''), ...trailer('IEA', '1', isa.elements[12] ?? '')]),
  }
}

const interchangeOf = ({ head, terminator, tail }: Cover, { span }: Transaction): Part[] => [
  head,
  { from: span.byteOffset, to: span.byteOffset + span.byteLength },
  terminator,
  tail,
]

/** The terminator, which may be one character of several bytes in UTF-8, and the line end behind it. */
function terminatorIn(bytes: Buffer): Buffer {
  let end = 1
  if ((bytes[0] ?? 0) >= 0xc0) while (((bytes[end] ?? 0) & 0xc0) === 0x80) end++
  while (bytes[end] === 13 || bytes[end] === 10) end++
  return bytes.subarray(0, end)
}

/** Writes under the name, or the next free one: orders.edi, orders-2.edi. */
async function writeNew(wanted: string, write: (free: string) => Promise<void>): Promise<string> {
  const { dir, name, ext } = path.parse(wanted)
  for (let n = 1; ; n++) {
    const free = n === 1 ? wanted : path.join(dir, `${name}-${n}${ext}`)
    try {
      await write(free)
      return free
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

async function writeParts(target: string, parts: readonly Part[], file: EdiFile): Promise<void> {
  const size = (part: Part) => (Buffer.isBuffer(part) ? part.length : part.to - part.from)
  if (parts.reduce((sum, part) => sum + size(part), 0) <= COPY_BYTES) {
    const bytes = await Promise.all(
      parts.map((part) => (Buffer.isBuffer(part) ? part : file.bytesAt(part.from, size(part)))),
    )
    // A small file is written at once: waiting for the thread pool takes longer than the write.
    writeFileSync(target, Buffer.concat(bytes), { flag: 'wx' })
    return
  }
  const handle = await open(target, 'wx')
  try {
    for (const part of parts) {
      if (Buffer.isBuffer(part)) await handle.appendFile(part)
      else {
        for (let at = part.from; at < part.to; at += COPY_BYTES) {
          await handle.appendFile(await file.bytesAt(at, Math.min(COPY_BYTES, part.to - at)))
        }
      }
    }
  } finally {
    await handle.close()
  }
}
