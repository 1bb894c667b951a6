import { NotText } from './decode-text.js'

/** Bytes of a record descriptor word (RDW): two that say how long the record is, these four with it, and two that are zero. */
const DESCRIPTOR = 4

/** Records of a piece of a file, each filled up with spaces to one length. Its last is kept until it is known whether another follows. */
export interface WholeRecords {
  readonly bytes: Buffer
  /** Of each record: where its first byte stands in the file, and how many bytes of its own it has. */
  readonly starts: readonly number[]
  readonly lengths: readonly number[]
}

/** The last record of a file, and in words what is left behind it. */
export interface LastRecord {
  readonly last: WholeRecords
  readonly cut: string
}

/** Cuts records of different lengths, each behind a record descriptor word, as a mainframe writes them (RECFM=V). */
export class DescribedRecords {
  private kept: Buffer = Buffer.alloc(0)
  /** Of the first byte that is kept. */
  private offset = 0
  private records = 0

  /** @param length of the records that are given out; what a longer one has beyond it is named by no column */
  constructor(
    private readonly length: number,
    private readonly space: number,
  ) {}

  /** @throws NotText where no descriptor stands */
  take(chunk: Buffer): WholeRecords {
    return this.takeOf(Buffer.concat([this.kept, chunk]), 1)
  }

  /** @param behind bytes that have to follow a record before it is given out */
  private takeOf(all: Buffer, behind: number): WholeRecords {
    const records: Buffer[] = []
    const starts: number[] = []
    let at = 0
    for (let whole = this.wholeAt(all, at, behind); whole !== undefined; whole = this.wholeAt(all, at, behind)) {
      records.push(all.subarray(at + DESCRIPTOR, at + whole))
      starts.push(this.offset + at + DESCRIPTOR)
      this.records++
      at += whole
    }
    this.kept = all.subarray(at)
    this.offset += at
    const bytes = Buffer.alloc(records.length * this.length, this.space)
    for (const [n, record] of records.entries()) record.copy(bytes, n * this.length, 0, this.length)
    return { bytes, starts, lengths: records.map(({ length }) => length) }
  }

  /** @throws NotText where the last record is not whole */
  end(): LastRecord {
    const last = this.takeOf(this.kept, 0)
    const { kept, records, offset } = this
    if (kept.length > 0) throw new NotText(`it ends in the middle of record ${records + 1}`, offset + kept.length, true)
    return { last, cut: '' }
  }

  /** Length with its descriptor; undefined where its end is still to come. */
  private wholeAt(bytes: Buffer, at: number, behind: number): number | undefined {
    if (bytes.length < at + DESCRIPTOR) return undefined
    const length = bytes.readUInt16BE(at)
    if (length < DESCRIPTOR || bytes.readUInt16BE(at + 2) !== 0)
      throw new NotText(
        `record ${this.records + 1} begins with x${bytes
          .subarray(at, at + DESCRIPTOR)
          .toString('hex')
          .toUpperCase()}, which is no record descriptor (RDW): two bytes that say how long it is, and two of zero`,
        this.offset + at,
        false,
      )
    return bytes.length < at + length + behind ? undefined : length
  }
}
