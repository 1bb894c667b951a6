import { closeSync, openSync, writeSync } from 'node:fs'
import { type Arranged, longestExcerpt, plainDialect, unfitValue } from '../delimited/index.js'
import { nestedLimits } from './limits.js'
import { NoRecords } from './no-records.js'
import type { FoundRecord } from './record-finder.js'

const reasonsKept = 10_000
const pieceSize = 1 << 20

/** Records as a delimited file whose first record names the columns. One that cannot be used becomes one that no contract takes. */
export class RecordCopy implements Arranged {
  readonly dialect = { ...plainDialect, header: true }
  readonly lines: number[] = []
  readonly counts = new Map<string, number>()
  readonly unfit = new Map<number, string>()
  private readonly file: number
  private readonly width: number
  private readonly tooMany: string
  private out = ''
  private size = 0

  /** @param source how many bytes it is a copy of */
  constructor(
    target: string,
    names: readonly string[],
    private readonly source: number,
  ) {
    this.width = names.length
    this.tooMany = `,${unfitValue}`.repeat(names.length + 1)
    this.file = openSync(target, 'wx', 0o600)
    this.put(names.map(quoted).join(','))
  }

  take({ values, line, fault }: FoundRecord): void {
    this.lines.push(line)
    if (fault === undefined) {
      this.put(this.row(values))
      return
    }
    if (this.unfit.size < reasonsKept) this.unfit.set(this.lines.length, fault)
    const text = values.flatMap((some) => some.filter((value) => value !== undefined)).join(' ')
    this.put(`${quoted(text.slice(0, longestExcerpt))}${this.tooMany}`)
  }

  close(): void {
    try {
      this.write()
    } finally {
      closeSync(this.file)
    }
  }

  private row(values: FoundRecord['values']): string {
    let row = ''
    for (let column = 0; column < this.width; column++) {
      let text = ''
      for (const some of values) text = some[column] ?? text
      row += column === 0 ? quoted(text) : `,${quoted(text)}`
    }
    return row
  }

  private put(row: string): void {
    this.out += `${row}\n`
    if (this.out.length > pieceSize) this.write()
  }

  private write(): void {
    const piece = Buffer.from(this.out)
    this.out = ''
    this.size += piece.length
    if (this.size > nestedLimits.growth * (this.source + pieceSize))
      throw new NoRecords(
        `its records would have more than ${nestedLimits.growth} times its size, each with the values above it`,
        this.lines.at(-1) ?? 1,
      )
    for (let at = 0; at < piece.length; ) at += writeSync(this.file, piece, at)
  }
}

const quoted = (value: string): string => `"${value.includes('"') ? value.replaceAll('"', '""') : value}"`
