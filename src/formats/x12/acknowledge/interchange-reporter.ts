import type { DecodedSegment } from '../decoded-segment.js'
import type { EnvelopeItem } from '../envelope-item.js'
import { isSameFinding, type X12Finding } from '../x12-finding.js'
import { businessNumber } from './business-number.js'
import type { GroupReport, InterchangeReport, SetReport } from './interchange-report.js'

/** About a set or what stands in it, whatever it keeps from being used. */
const OF_A_SET = /^(AK304|AK403|AK502):/

/**
 * Sorts the items of a file by interchange, group and set. Give it every item; what is found within a transaction, refused or not, is
 * added to `set` before the next item is given.
 */
export class InterchangeReporter {
  /** In file order; the last may still be open. */
  readonly reports: InterchangeReport[] = []
  #interchange: InterchangeReport | undefined
  #group: GroupReport | undefined
  #set: SetReport | undefined
  #ahead: X12Finding[] = []

  take(item: EnvelopeItem): void {
    switch (item.kind) {
      case 'interchange-open':
        this.#openInterchange(item.isa)
        break
      case 'service':
        this.#interchange?.services.push(item.segment)
        break
      case 'group-open':
        this.#group = { gs: item.gs, ge: undefined, findings: [], sets: [] }
        this.#interchange?.groups.push(this.#group)
        break
      case 'set-open':
        // Refused until it is handed over.
        this.#set = { st: item.st, findings: [], business: undefined, refused: true }
        this.#group?.sets.push(this.#set)
        break
      case 'transaction':
        if (this.#set === undefined) break
        this.#set.refused = this.#set.findings.length > 0
        this.#set.business = businessNumber(item.transaction)
        break
      case 'refused':
        if (this.#set !== undefined) this.#set.business = businessNumber(item.transaction)
        break
      case 'finding':
        this.#place(item.finding)
        break
      case 'set-close':
        this.#set = undefined
        break
      case 'group-close':
        if (this.#group !== undefined) this.#group.ge = item.ge
        this.#group = undefined
        break
      case 'interchange-close':
        if (this.#interchange !== undefined) this.#interchange.iea = item.iea
        this.#interchange = undefined
    }
  }

  get interchange(): InterchangeReport | undefined {
    return this.#interchange
  }

  get group(): GroupReport | undefined {
    return this.#group
  }

  /** The set whose SE was just read. */
  get set(): SetReport | undefined {
    return this.#set
  }

  #openInterchange(isa: DecodedSegment): void {
    const findings = this.#ahead.filter(({ byteOffset }) => byteOffset === isa.span.byteOffset)
    this.#ahead = []
    this.#interchange = { isa, iea: undefined, findings, groups: [], services: [], refused: false }
    this.reports.push(this.#interchange)
  }

  #place(finding: X12Finding): void {
    // The scanner says what is wrong with an ISA before it hands that ISA out.
    if (finding.segment === 'ISA' && finding.byteOffset !== this.#interchange?.isa.byteOffset) {
      this.#ahead.push(finding)
      return
    }
    const about = finding.scope === 'transaction' || OF_A_SET.test(finding.standardCode)
    if (this.#group !== undefined && this.#set !== undefined && about) {
      // Of a refused set it may be what was found in it already.
      if (!this.#set.findings.some((other) => isSameFinding(other, finding))) this.#set.findings.push(finding)
    } else if (this.#group !== undefined && finding.scope === 'group') this.#group.findings.push(finding)
    else this.#interchange?.findings.push(finding)
  }
}
