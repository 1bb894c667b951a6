import type { FileEncoding } from '../delimited/index.js'
import { type NestedEvents, type NestedReader, NoRecords, nestedLimits, textPieces } from '../nested/index.js'
import { JsonEvents } from './json-events.js'

/** One JSON value: a list of objects, or an object in which they stand. */
export const jsonReader =
  (path: string, encoding: FileEncoding): NestedReader =>
  async (events) => {
    const json = new JsonEvents(events)
    for await (const text of textPieces(path, encoding, () => json.line)) json.write(Buffer.from(text))
    json.end()
    if (json.isEmpty) throw new NoRecords('there is nothing in it', 1, true)
  }

/** One JSON object a line. What cannot be read of a line does not touch the others; an end that is missing does. */
export const ndjsonReader =
  (path: string, encoding: FileEncoding): NestedReader =>
  async (events) => {
    const lines = new JsonLines(events)
    for await (const text of textPieces(path, encoding, () => lines.line)) lines.write(Buffer.from(text))
    lines.end()
  }

class JsonLines {
  line = 0
  private kept: Buffer[] = []
  private keptSize = 0
  private json: JsonEvents

  constructor(private readonly events: NestedEvents) {
    this.json = this.oneLine()
  }

  write(piece: Buffer): void {
    let from = 0
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, from)) {
      this.keep(piece.subarray(from, at + 1))
      this.take(true)
      from = at + 1
    }
    this.keep(piece.subarray(from))
  }

  end(): void {
    this.keep(Buffer.from('\n'))
    this.take(false)
  }

  private keep(part: Buffer): void {
    this.kept.push(part)
    this.keptSize += part.length
    if (this.keptSize > nestedLimits.held)
      throw new NoRecords(`line ${this.line + 1} has more than ${nestedLimits.held} bytes`, this.line + 1)
  }

  /** @param ended whether a line end says that it is whole */
  private take(ended: boolean): void {
    const bytes = Buffer.concat(this.kept)
    this.kept = []
    this.keptSize = 0
    this.line++
    try {
      this.json.write(bytes)
      const isEmpty = this.json.isEmpty
      this.json.endLine()
      if (!isEmpty) this.events.close()
    } catch (error) {
      if (!(error instanceof NoRecords) || error.what === undefined) throw error
      if (error.cut && !ended) throw new NoRecords(`it ends in the middle of line ${this.line}`, this.line, true)
      this.json = this.oneLine()
      this.events.unreadable?.(bytes.toString().trim(), this.line, error.what)
    }
  }

  /** What is told of an object is told of its line; its end, when nothing follows in it. */
  private oneLine(): JsonEvents {
    const { events } = this
    return new JsonEvents(
      {
        open: (key, _, listed) => events.open(key, this.line, listed),
        value: (key, text) => events.value(key, text),
        close: () => events.close(),
        fault: (reason) => events.fault(reason),
      },
      true,
    )
  }
}
