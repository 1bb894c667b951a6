import { SaxesParser } from 'saxes'
import { type NestedEvents, NoRecords, nestedLimits } from '../nested/index.js'

/** An element that is open. */
interface Element {
  readonly key: string
  readonly line: number
  readonly attributes: readonly (readonly [string, string])[]
  text: string
  /** It has been told that it is open: it holds more than a text. */
  told: boolean
  parent: boolean
}

const BYTES_OF_A_CHARACTER = 6

/**
 * Tells what the elements of an XML file hold, text coming piece by piece: an element with nothing but a text is a value, an attribute is one
 * behind an @, every other element an object. Names come without prefixes, as programs choose those freely. A document type is refused:
 * entities of its own are how a few bytes become gigabytes.
 */
export class XmlElements {
  private readonly parser = new SaxesParser({ xmlns: false, position: true })
  private readonly around: Element[] = []
  private begunAt = 1
  private eventAt = 0
  private ending = false

  constructor(private readonly events: NestedEvents) {
    const { parser } = this
    // With one more, the parser's object gets a form in which it takes four times as long.
    parser.on('doctype', () => this.refuse('a document type, which is not read'))
    parser.on('error', ({ message }) => this.refuse(`no XML: ${message.replace(/^\d+:\d+: /, '')}`))
    parser.on('opentagstart', () => {
      // What ends the name may be a line end.
      this.begunAt = parser.columnIndex === 0 ? parser.line - 1 : parser.line
    })
    parser.on('opentag', ({ name, attributes }) => this.begin(name, attributes as Readonly<Record<string, string>>))
    parser.on('text', (text) => this.text(text))
    parser.on('cdata', (text) => this.text(text))
    parser.on('closetag', () => this.end())
    events.open('', 1, false)
  }

  get line(): number {
    return this.parser.line
  }

  /** @throws NoRecords */
  write(text: string): void {
    this.parser.write(text)
    if (this.parser.position - this.eventAt > BYTES_OF_A_CHARACTER * nestedLimits.value) this.refuse(tooLong)
  }

  /** @throws NoRecords where something is still open */
  close(): void {
    this.ending = true
    this.parser.close()
    this.events.close()
  }

  private begin(name: string, written: Readonly<Record<string, string>>): void {
    this.seen()
    const parent = this.around.at(-1)
    if (parent !== undefined) {
      this.tell(parent)
      parent.parent = true
    }
    if (this.around.length >= nestedLimits.depth) this.refuse(`more than ${nestedLimits.depth} elements open`)
    const attributes = Object.keys(written).length === 0 ? none : attributesOf(written)
    const element = { key: localName(name), line: this.begunAt, attributes, text: '', told: false, parent: false }
    this.around.push(element)
    if (attributes.length === 0) return
    this.tell(element)
    for (const [key, value] of attributes) this.events.value(key, value)
  }

  private text(text: string): void {
    this.seen()
    const element = this.around.at(-1)
    if (element === undefined || (element.parent && text.trim() === '')) return
    element.text += text
    if (element.text.length > nestedLimits.value) this.refuse(tooLong)
  }

  private end(): void {
    this.seen()
    const element = this.around.pop()
    if (element === undefined) return
    const { key, text, told, parent, attributes } = element
    if (told) this.events.close()
    const isText = text.trim() !== ''
    if (parent && isText) this.events.mixed?.(key)
    if (parent || (told && !isText)) return
    this.events.value(key, isText ? text : '')
    for (const [name, value] of attributes) this.events.alias?.(`${key}[${name}=${value}]`, text)
  }

  private tell(element: Element): void {
    if (element.told) return
    element.told = true
    this.events.open(element.key, element.line, false)
  }

  private seen(): void {
    this.eventAt = this.parser.position
  }

  private refuse(what: string): never {
    const { line } = this
    if (this.ending)
      throw new NoRecords(
        `it ends with ${this.around.length} ${this.around.length === 1 ? 'element' : 'elements'} still open`,
        line,
        true,
      )
    throw NoRecords.inLine(line, what)
  }
}

const none: Element['attributes'] = []

const attributesOf = (written: Readonly<Record<string, string>>): Element['attributes'] =>
  Object.entries(written).flatMap(([key, value]) =>
    /^(xmlns|xsi)(:|$)/.test(key) ? [] : [[`@${localName(key)}`, value] as const],
  )

const tooLong = `a value of more than ${nestedLimits.value} characters`

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
