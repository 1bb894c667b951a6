import { createReadStream } from 'node:fs'
import { type FileEncoding, NotText, textDecoder } from '../delimited/index.js'
import { NoRecords } from './no-records.js'

/** The text of a file. @throws NoRecords where it is none in its encoding: in the line that is read, as far as known */
export async function* textPieces(path: string, encoding: FileEncoding, line: () => number): AsyncGenerator<string> {
  const decoder = textDecoder(encoding)
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 16 })) yield decoder.text(chunk as Buffer)
    decoder.end()
  } catch (error) {
    throw error instanceof NotText ? new NoRecords(error.message, line(), error.cut) : error
  }
}
