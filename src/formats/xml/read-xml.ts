import { type NestedReader, textPieces } from '../nested/index.js'
import { XmlElements } from './xml-elements.js'
import { xmlEncoding } from './xml-encoding.js'

/** A file of XML elements. */
export const xmlReader =
  (path: string): NestedReader =>
  async (events) => {
    const elements = new XmlElements(events)
    for await (const text of textPieces(path, await xmlEncoding(path), () => elements.line)) elements.write(text)
    elements.close()
  }
