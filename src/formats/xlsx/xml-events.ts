import { SaxesParser } from 'saxes'
import { refusedWorkbook } from './refused-workbook.js'
import type { WorkbookParts } from './workbook-parts.js'

/** What a part is read by. Names come without their prefix, as programs choose those freely. */
export interface XmlEvents {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/**
 * Reads a part as XML, piece by piece; yields after each, so that what was gathered can be handed on. Nothing is looked up outside,
 * and a document type is refused: entities of its own are how a few bytes become gigabytes.
 * @throws WORKBOOK-REFUSED
 */
export async function* xmlPieces(parts: WorkbookParts, name: string, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  const refuse = (reason: string): never => {
    throw refusedWorkbook(parts.file, `its part ${name} ${reason}`)
  }
  parser.on('doctype', () => refuse('declares a document type'))
  parser.on('error', (error) => refuse(`is not XML: ${error.message}`))
  // A text is in memory as a whole; a cell holds 32,767 characters.
  let sinceTag = 0
  parser.on('opentag', (tag) => {
    sinceTag = 0
    events.open?.(localName(tag.name), tag.attributes as Record<string, string>)
  })
  parser.on('closetag', (tag) => {
    sinceTag = 0
    events.close?.(localName(tag.name))
  })
  if (events.text !== undefined) parser.on('text', (text) => events.text?.(text))
  if (events.text !== undefined) parser.on('cdata', (text) => events.text?.(text))
  const decoder = new TextDecoder()
  for await (const bytes of parts.read(name)) {
    sinceTag += bytes.length
    if (sinceTag > LONGEST_TEXT) refuse(`holds a text of more than ${LONGEST_TEXT} bytes`)
    parser.write(decoder.decode(bytes, { stream: true }))
    yield
  }
  parser.write(decoder.decode())
  parser.close()
  yield
}

/** Reads a whole part of which little is kept. @throws WORKBOOK-REFUSED */
export async function readXml(parts: WorkbookParts, name: string, events: XmlEvents): Promise<void> {
  for await (const _ of xmlPieces(parts, name, events));
}

const LONGEST_TEXT = 4 * 1024 * 1024

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** An attribute by its local name. */
export function attribute(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  if (attributes[name] !== undefined) return attributes[name]
  return Object.entries(attributes).find(([key]) => localName(key) === name && key.includes(':'))?.[1]
}
