import type { DecodedSegment } from '../decoded-segment.js'
import type { ElementGuide } from '../guide/guide.js'
import type { X12Finding } from '../x12-finding.js'

/** AK403 and IK403, as far as a check comes to them. Those after 10 are there from 005010 on, those with an I in IK403 only. */
export type ElementCode = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10' | '12' | '13' | 'I6' | 'I9' | 'I10'
/** AK304 and IK304. Those with an I are in IK304 only. */
export type SegmentCode = '1' | '2' | '3' | '4' | '5' | '6' | '7' | 'I4' | 'I6'

const NO_LOOP = (): undefined => undefined

/** Collects the findings of one transaction set; what all of them say of their place is told it segment by segment. */
export class Findings {
  readonly list: X12Finding[] = []
  readonly #version: string
  readonly #segments: readonly DecodedSegment[]
  #position = 0
  #loopName: () => string | undefined = NO_LOOP

  /** `segments`: of the transaction set. */
  constructor(version: string, segments: readonly DecodedSegment[] = []) {
    this.#version = version
    this.#segments = segments
  }

  /** Who tells the loop a finding is in, at the moment it is made. */
  askForLoop(loopName: () => string | undefined): void {
    this.#loopName = loopName
  }

  /** From here on findings are about the segment at this position; ST is at position 1. */
  at(position: number): void {
    this.#position = position
  }

  /** `id` is the segment's own, or that of one which is missing where this one stands. */
  aboutSegment(code: SegmentCode, id: string, message: string, expected?: string): X12Finding {
    return this.#add(`AK304:${code}`, id, message, expected === undefined ? {} : { expected })
  }

  /** What was told there was something else, as is seen only now. */
  retell(finding: X12Finding, code: SegmentCode, id: string, message: string): void {
    const { expected: _expected, ...place } = finding
    this.list[this.list.indexOf(finding)] = { ...place, standardCode: `AK304:${code}`, segment: id, message }
  }

  /** `element` and `component` are 1-based; the message begins with the reference: `PO104: ...`. */
  aboutElement(
    code: ElementCode,
    element: number,
    component: number | undefined,
    guide: ElementGuide | undefined,
    value: string,
    message: string,
    expected?: string,
  ): void {
    const id = this.#segments[this.#position - 1]?.id ?? ''
    this.#add(`AK403:${code}`, id, `${reference(id, element, component)}: ${message}`, {
      element,
      ...(component === undefined ? {} : { component }),
      ...(guide === undefined || guide.number.startsWith('?') ? {} : { dataElement: guide.number }),
      ...(value === '' ? {} : { value }),
      ...(expected === undefined ? {} : { expected }),
    })
  }

  /** The code of the implementation acknowledgment where the version has it, else the nearest of the functional acknowledgment. */
  implementation<const I extends string, const A extends string>(code: I, before: A): I | A {
    return this.#version >= '005010' ? code : before
  }

  #add(standardCode: string, id: string, message: string, details: Partial<X12Finding>): X12Finding {
    const loop = this.#loopName()
    const span = this.#segments[this.#position - 1]?.span ?? { byteOffset: 0, byteLength: 0, line: 1 }
    const finding: X12Finding = {
      code: 'X12-SYNTAX',
      standardCode,
      scope: 'transaction',
      message,
      segment: id,
      ...details,
      segmentPosition: this.#position,
      ...(loop === undefined ? {} : { loop }),
      ...span,
    }
    this.list.push(finding)
    return finding
  }
}

/** PO104, or SLN05-1 for a component. */
export function reference(id: string, element: number, component?: number): string {
  const place = id + String(element).padStart(2, '0')
  return component === undefined ? place : `${place}-${component}`
}
