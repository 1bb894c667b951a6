import { type NestedEvents, NoRecords, nestedLimits } from '../nested/index.js'
import { type JsonToken, JsonTokens } from './json-tokens.js'
import { numberText } from './number-text.js'

/** An object or a list that is open. */
interface Container {
  /** The key that it stands under; the objects of a list stand under the key of the list. */
  readonly key: string
  /** Of an object: its keys so far. */
  readonly keys: Set<string> | undefined
}

/** What may come next. */
type Awaited = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing'

/** Holds tokens against the grammar of JSON, and tells what they say. */
export class JsonEvents {
  private readonly tokens = new JsonTokens((token, text) => this.take(token, text))
  private readonly open: Container[] = []
  private awaited: Awaited = 'value'
  private key = ''

  /** @param isLine it is one object in a line of its own. Its end is not told: something may follow it in the line */
  constructor(
    private readonly events: NestedEvents,
    private readonly isLine = false,
  ) {}

  get line(): number {
    return this.tokens.line
  }

  /** Nothing but white space has come. */
  get isEmpty(): boolean {
    return this.awaited === 'value' && this.open.length === 0
  }

  /** @throws NoRecords */
  write(piece: Uint8Array): void {
    this.tokens.write(piece)
  }

  /** @throws NoRecords where something is still open */
  end(): void {
    this.tokens.end()
    this.requireWhole()
  }

  /** After the line end: another object may follow. @throws NoRecords where something is still open */
  endLine(): void {
    this.requireWhole()
    this.awaited = 'value'
  }

  private requireWhole(): void {
    const { length } = this.open
    const brackets = `${length} ${length === 1 ? 'bracket' : 'brackets'}`
    if (this.awaited !== 'nothing' && !this.isEmpty)
      throw new NoRecords(`it ends with ${brackets} still open`, this.line, true, `an end with ${brackets} still open`)
  }

  private take(token: JsonToken, text: string): void {
    const { awaited } = this
    if (awaited === 'value' || (awaited === 'value or ]' && token !== ']')) this.value(token, text)
    else if (awaited === 'value or ]' || (awaited === 'key or }' && token === '}')) this.close(token)
    else if (awaited === 'key' || awaited === 'key or }') this.named(token, text)
    else if (awaited === ', or end' && token !== ',') this.close(token)
    else if (awaited === ', or end') this.awaited = this.open.at(-1)?.keys === undefined ? 'value' : 'key'
    else if (awaited === ':' && token === ':') this.awaited = 'value'
    else this.refuse(token)
  }

  private value(token: JsonToken, text: string): void {
    const around = this.open.at(-1)
    const isListed = around !== undefined && around.keys === undefined
    const key = around === undefined ? '' : isListed ? around.key : this.key
    if (token === '{' || token === '[') this.begin(token, key, isListed)
    else if (token === 'text' || token === 'number' || token === 'word') {
      this.scalar(key, token === 'number' ? numberText(text) : text, isListed)
      this.awaited = this.open.length === 0 ? 'nothing' : ', or end'
    } else this.refuse(token)
  }

  private begin(bracket: '{' | '[', key: string, isListed: boolean): void {
    if (this.isLine && bracket === '[' && this.open.length === 0)
      throw NoRecords.inLine(this.line, 'a list where an object is to stand')
    if (this.open.length >= nestedLimits.depth)
      throw NoRecords.inLine(this.line, `more than ${nestedLimits.depth} brackets open`)
    if (bracket === '{') this.events.open(key, this.line, isListed)
    // An empty list is there too.
    else if (this.isInObject()) this.events.value(key, '')
    this.open.push({ key, keys: bracket === '{' ? new Set() : undefined })
    this.awaited = bracket === '{' ? 'key or }' : 'value or ]'
  }

  private scalar(key: string, text: string, isListed: boolean): void {
    if (isListed && text === '') {
      // A place in a list where an object might be.
      this.events.open(key, this.line, true)
      this.events.close()
    } else if (this.isInObject()) this.events.value(key, text)
    else throw NoRecords.inLine(this.line, `a value where objects are to stand`)
  }

  private named(token: JsonToken, key: string): void {
    if (token !== 'text') this.refuse(token)
    const { keys } = this.open.at(-1) ?? {}
    if (keys?.has(key)) this.events.fault(`the key "${shown(key)}" twice in an object`)
    keys?.add(key)
    if ((keys?.size ?? 0) > nestedLimits.keys || key.length > nestedLimits.key)
      throw NoRecords.inLine(
        this.line,
        `an object of more than ${nestedLimits.keys} keys, or a key of more than ${nestedLimits.key} characters`,
      )
    this.key = key
    this.awaited = ':'
  }

  private close(bracket: JsonToken): void {
    const isObject = this.open.at(-1)?.keys !== undefined
    if (bracket !== (isObject ? '}' : ']')) this.refuse(bracket)
    this.open.pop()
    this.awaited = this.open.length === 0 ? 'nothing' : ', or end'
    if (isObject && (!this.isLine || this.open.length > 0)) this.events.close()
  }

  private isInObject(): boolean {
    return this.open.some(({ keys }) => keys !== undefined)
  }

  private refuse(token: JsonToken): never {
    throw new NoRecords(
      `line ${this.line} has ${called[token] ?? `"${token}"`} where ${wanted[this.awaited]}`,
      this.line,
    )
  }
}

const called: Readonly<Partial<Record<JsonToken, string>>> = {
  text: 'a text',
  number: 'a number',
  word: 'true, false or null',
}

const wanted: Readonly<Record<Awaited, string>> = {
  value: 'a value is to stand',
  'value or ]': 'a value or "]" is to stand',
  key: 'a key is to stand',
  'key or }': 'a key or "}" is to stand',
  ':': '":" is to stand',
  ', or end': '"," or a closing bracket is to stand',
  nothing: 'the file is to end: an object a line is kind: ndjson',
}

const shown = (key: string): string => (key.length > 60 ? `${key.slice(0, 60)}...` : key)
