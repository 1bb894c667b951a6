import { type DecodedSegment, MOST_BITS } from '../decoded-segment.js'
import type { Delimiters } from '../delimiters.js'
import type { Condition, ElementGuide, Guide, SegmentGuide } from '../guide/guide.js'
import { standardVersion } from '../standard-version.js'
import { brokenCondition, holds } from './conditions.js'
import { expectedValue, problemText } from './element-text.js'
import { type Strictness, valueProblem } from './element-value.js'
import { type ElementCode, type Findings, reference } from './findings.js'

const LATEST = '005010'

/** Holds the elements of segments against what the dictionary says of them, and says what is wrong. */
export class ElementCheck {
  readonly #guide: Guide
  readonly #findings: Findings
  readonly #strictness: Strictness
  readonly #component: string | undefined
  readonly #repetition: string | undefined
  /** An element may have become a composite since the latest version a guide is held of. */
  readonly #mayBeComposite: boolean

  constructor(guide: Guide, findings: Findings, delimiters: Delimiters | undefined) {
    this.#guide = guide
    this.#findings = findings
    const { component, repetition } = delimiters ?? {}
    this.#strictness = {
      exponents: guide.version >= '005010',
      componentSeparator: component ?? -1,
      repetitionSeparator: repetition ?? -1,
    }
    this.#component = component === undefined ? undefined : String.fromCharCode(component)
    this.#repetition = repetition === undefined ? undefined : String.fromCharCode(repetition)
    this.#mayBeComposite = (standardVersion(guide.requestedVersion) ?? '') > LATEST
  }

  check(segment: DecodedSegment, guide: SegmentGuide): void {
    const { elements } = segment
    const defined = guide.elements
    const count = Math.max(Math.min(elements.length, defined.length), guide.lastMandatory)
    let present = 0
    for (let i = 0; i < count; i++) {
      const value = elements[i]
      const element = defined[i] as ElementGuide
      if (value === undefined || isBlank(value)) {
        if (element.mandatory) this.#sayMissing(i + 1, undefined, element)
      } else {
        if (i < MOST_BITS) present |= 1 << i
        this.#checkElement(value, element, i + 1)
      }
    }
    if (elements.length > defined.length && !this.#guide.lenient) this.#sayExtra(segment, guide)
    for (const condition of guide.conditions) {
      if (!holds(condition, present)) this.#sayBroken(condition, elements, guide)
    }
    if (guide.mustCarry !== undefined) this.#checkCarried(elements, guide.mustCarry)
  }

  #checkElement(value: string, guide: ElementGuide, element: number): void {
    const repetition = this.#repetition
    if (guide.unused === true) this.#sayUnused(value, guide, element)
    else if (repetition !== undefined && value.includes(repetition)) this.#checkRepeated(value, guide, element)
    else this.#checkOne(value, guide, element)
  }

  #checkRepeated(value: string, guide: ElementGuide, element: number): void {
    const values = value.split(this.#repetition ?? '')
    if (values.length > guide.repeat && !this.#guide.lenient) {
      const expected = guide.repeat === 1 ? 'one value' : `at most ${guide.repeat} values`
      const message = `${values.length} values stand here`
      this.#findings.aboutElement('12', element, undefined, guide, value, message, expected)
      return
    }
    for (const one of values) if (!isBlank(one)) this.#checkOne(one, guide, element)
  }

  #checkOne(value: string, guide: ElementGuide, element: number): void {
    const component = this.#component
    if (guide.composite === undefined) {
      const isComposite = this.#mayBeComposite && component !== undefined && value.includes(component)
      if (!isComposite) this.#checkValue(value, guide, element, undefined)
    } else if (component !== undefined) this.#checkComposite(value, guide, guide.composite, element)
  }

  #checkComposite(value: string, guide: ElementGuide, composite: SegmentGuide, element: number): void {
    const components = value.split(this.#component ?? '')
    composite.elements.forEach((defined, i) => {
      const component = components[i] ?? ''
      if (!isBlank(component)) this.#checkValue(component, defined, element, i + 1)
      else if (defined.mandatory) this.#sayMissing(element, i + 1, defined)
    })
    const most = composite.elements.length
    if (components.length > most && !this.#guide.lenient) {
      const message = `${components.length} components stand here`
      this.#findings.aboutElement(
        this.#tooMany(),
        element,
        undefined,
        guide,
        value,
        message,
        `at most ${most} components`,
      )
    }
    const present = components.reduce((bits, component, i) => (isBlank(component) ? bits : bits | (1 << i)), 0)
    for (const condition of composite.conditions) {
      if (holds(condition, present)) continue
      const { code, position, message, expected } = brokenCondition(condition, present, (at) => `component ${at}`)
      const defined = composite.elements[position - 1]
      this.#findings.aboutElement(code, element, position, defined, components[position - 1] ?? '', message, expected)
    }
  }

  #checkValue(value: string, guide: ElementGuide, element: number, component: number | undefined): void {
    const problem = valueProblem(value, guide, this.#strictness)
    if (problem === undefined) return
    const code = this.#codeOf(problem, guide)
    const text = problemText(problem, guide, value)
    const expected = expectedValue(problem, guide, this.#guide.partner)
    this.#findings.aboutElement(code, element, component, guide, value, text, expected)
  }

  #codeOf(problem: ElementCode, guide: ElementGuide): ElementCode {
    if (problem === '13') return this.#tooMany()
    return problem === '7' && guide.partnerCodes === true ? this.#findings.implementation('I6', '7') : problem
  }

  /** Before 005010 there is no code for too many components: the separator is then a character that may not stand there. */
  #tooMany(): ElementCode {
    return this.#findings.implementation('13', '6')
  }

  #sayBroken(condition: Condition, elements: readonly string[], { id, elements: defined }: SegmentGuide): void {
    const present = elements.reduce((bits, value, i) => (isBlank(value) || i >= MOST_BITS ? bits : bits | (1 << i)), 0)
    const { code, position, message, expected } = brokenCondition(condition, present, (at) => reference(id, at))
    const value = elements[position - 1] ?? ''
    this.#findings.aboutElement(code, position, undefined, defined[position - 1], value, message, expected)
  }

  #checkCarried(elements: readonly string[], qualifiers: readonly string[]): void {
    if (qualifiers.some((qualifier) => elements.some((value) => value.trim() === qualifier))) return
    const expected = `one of ${qualifiers.join(', ')}`
    const partner = this.#guide.partner ?? 'the partner'
    const message = `${partner} asks for a qualifier ${qualifiers.join(' or ')}, and none stands here`
    const code = this.#findings.implementation('I9', '2')
    this.#findings.aboutElement(code, 1, undefined, undefined, '', message, expected)
  }

  #sayMissing(element: number, component: number | undefined, guide: ElementGuide): void {
    const asked = guide.partnerMandatory === true ? `, which ${this.#guide.partner ?? 'the partner'} asks for,` : ''
    const message = `the ${guide.name ?? 'value'}${asked} is missing`
    this.#findings.aboutElement('1', element, component, guide, '', message, 'a value')
  }

  #sayUnused(value: string, guide: ElementGuide, element: number): void {
    const message = `the ${guide.name ?? 'value'} is not used by ${this.#guide.partner ?? 'the partner'}`
    const code = this.#findings.implementation('I10', '10')
    this.#findings.aboutElement(code, element, undefined, guide, value, message, 'nothing')
  }

  #sayExtra({ elements }: DecodedSegment, { id, elements: defined }: SegmentGuide): void {
    const first = defined.length
    const most = `${id} has ${first} ${first === 1 ? 'element' : 'elements'}`
    const message = `${elements.length} elements stand here, ${most}`
    this.#findings.aboutElement(
      '3',
      first + 1,
      undefined,
      undefined,
      elements[first] ?? '',
      message,
      `at most ${first}`,
    )
  }
}

function isBlank(value: string): boolean {
  return value === '' || (value.charCodeAt(0) === 0x20 && value.trim() === '')
}
