import { CodeList } from './code-list.js'
import type { Codes, Condition, ElementGuide, ElementType, SegmentGuide } from './guide.js'
import type { Dictionary } from './guide-data.js'

/** Segments and elements become objects once, however often the table names them. */
export class SegmentDictionary {
  readonly lenient: boolean
  readonly standardIds: Codes
  readonly #data: Dictionary
  readonly #segments = new Map<string, SegmentGuide>()
  readonly #elements = new Map<string, ElementGuide>()
  readonly #codes = new Map<string, Codes>()

  /** `lenient`: no codes, and no greatest lengths but those of dates and times. */
  constructor(data: Dictionary, lenient: boolean) {
    this.#data = data
    this.lenient = lenient
    this.standardIds = new CodeList(data.segmentIds)
  }

  /** Undefined where there is no such segment, or it is a composite. */
  get(id: string): SegmentGuide | undefined {
    return Object.hasOwn(this.#data.segments, id) && !isComposite(id) ? this.required(id) : undefined
  }

  values(): readonly SegmentGuide[] {
    return Object.keys(this.#data.segments).flatMap((id) => this.get(id) ?? [])
  }

  /** Of a segment or a composite that the guide names. */
  required(id: string): SegmentGuide {
    const known = this.#segments.get(id)
    if (known !== undefined) return known
    const data = this.#data.segments[id]
    if (data === undefined) throw new TypeError(`the dictionary lacks segment ${id}`)
    const elements = data.elements.split(' ').map((text) => this.#element(text))
    const conditions = data.conditions?.split(' ').map((text) => conditionOf(text)) ?? []
    const segment = { id, elements, lastMandatory: lastMandatory(elements), conditions }
    this.#segments.set(id, segment)
    return segment
  }

  #element(text: string): ElementGuide {
    const known = this.#elements.get(text)
    if (known !== undefined) return known
    const [name = '', times = '1'] = text.split('*')
    const mandatory = name.endsWith('!')
    const number = mandatory ? name.slice(0, -1) : name
    const repeat = Number(times)
    const element = isComposite(number)
      ? this.#composite(number, mandatory, repeat)
      : this.#simple(number, mandatory, repeat)
    this.#elements.set(text, element)
    return element
  }

  #composite(number: string, mandatory: boolean, repeat: number): ElementGuide {
    const max = Number.POSITIVE_INFINITY
    return { number, type: 'C', mandatory, min: 0, max, repeat, composite: this.required(number) }
  }

  #simple(number: string, mandatory: boolean, repeat: number): ElementGuide {
    const [type = '', min, max, ...name] = this.#data.elements[number]?.split(' ') ?? []
    if (type === '') throw new TypeError(`the dictionary lacks element ${number}`)
    const longest = this.lenient && type !== 'DT' && type !== 'TM' ? Number.POSITIVE_INFINITY : Number(max)
    const codes = this.#codesOf(number)
    return {
      number,
      mandatory,
      repeat,
      type: (type.startsWith('N') ? 'N' : type) as ElementType,
      ...(/^N[1-9]$/.test(type) ? { decimals: Number(type.slice(1)) } : {}),
      min: Number(min),
      max: longest,
      ...(name.length === 0 ? {} : { name: name.join(' ') }),
      ...(codes === undefined ? {} : { codes }),
    }
  }

  #codesOf(number: string): Codes | undefined {
    const known = this.#codes.get(number)
    const text = this.#data.codes[number]
    if (known !== undefined || text === undefined || this.lenient) return known
    const codes = new CodeList(text)
    this.#codes.set(number, codes)
    return codes
  }
}

const isComposite = (id: string): boolean => /^C\d{3}$/.test(id)

/** `P0304`: the kind and element positions of two digits each, none of them above 31. */
function conditionOf(text: string): Condition {
  const elements: number[] = []
  for (let i = 1; i < text.length; i += 2) elements.push(Number(text.slice(i, i + 2)))
  const bits = elements.reduce((sum, position) => sum | (1 << (position - 1)), 0)
  return { kind: text.charAt(0) as Condition['kind'], elements, bits }
}

export const lastMandatory = (elements: readonly ElementGuide[]): number =>
  elements.findLastIndex(({ mandatory }) => mandatory) + 1
