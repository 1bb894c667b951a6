import { ControlNumbersSeen } from './control-numbers-seen.js'
import type { DecodedSegment } from './decoded-segment.js'
import type { Delimiters } from './delimiters.js'
import {
  controlReused,
  envelopeFinding,
  fileFinding,
  remarkFinding,
  scanFinding,
  syntaxFinding,
} from './envelope-findings.js'
import type { EnvelopeItem } from './envelope-item.js'
import { groupItBelongsIn } from './functional-ids.js'
import {
  checkGroupHeader,
  checkInterchangeHeader,
  checkSetHeader,
  type ScannedSegment,
  segmentTrouble,
} from './header-checks.js'
import type { Remark } from './remark.js'
import type { ScanProblem, SegmentScanner } from './segment-scanner.js'
import { ENVELOPE } from './segment-shape.js'
import { sameNumber, setName, trailerTrouble } from './trailer-trouble.js'
import { type GroupEnvelope, groupEnvelope, text, transactionOf } from './transaction.js'
import type { X12Finding } from './x12-finding.js'

interface OpenInterchange {
  readonly isa: DecodedSegment
  readonly delimiters: Delimiters
  groups: number
  services: number
  readonly groupControls: ControlNumbersSeen
}

interface OpenGroup {
  readonly gs: DecodedSegment
  sets: number
  readonly setControls: ControlNumbersSeen
  /** Of its sets. */
  readonly envelope: GroupEnvelope
}

interface OpenSet {
  readonly st: DecodedSegment
  /** Of its ST. */
  readonly byteOffset: number
  readonly segments: DecodedSegment[]
  /** The first thing that keeps the set from being used. */
  trouble: X12Finding | undefined
  /** Its SE did not come within LONGEST_SET: its segments are no longer held. */
  givenUp: boolean
}

/** ISA13 and IEA02 have as many digits. */
const CONTROL_LENGTH = 9

/** No partner sends a set of so many bytes: its SE is lost, or is none. */
export const LONGEST_SET = 64 * 1024 * 1024

/**
 * Follows ISA, GS, ST and their trailers. It emits, in file order, each transaction set whose header and trailer fit together, findings,
 * and where groups and interchanges begin and end. A set that does not fit, is cut off or damaged is not handed over, and has exactly one
 * finding of scope transaction. Counts and control numbers of GE and IEA come after their sets: when they differ something may be missing,
 * so there is a finding, but complete sets are handed over all the same. So are sets under a control number used before, and sets in a
 * group meant for others: whoever takes them in has to refuse them.
 */
export class EnvelopeReader {
  readonly #emit: (item: EnvelopeItem) => void
  readonly #longestSet: number
  #interchange: OpenInterchange | undefined
  #group: OpenGroup | undefined
  #set: OpenSet | undefined
  /** Segments in a row that stand in no transaction set. */
  #strays: { readonly first: DecodedSegment; count: number } | undefined
  /** Bytes before the first ISA: what they are shows when an ISA follows, or none. */
  #leading: ScanProblem | undefined
  #opened = false
  /** An interchange had to be given up, which is told: the bytes up to the next ISA are no news. */
  #lostTrack = false
  #last: DecodedSegment | undefined

  /** `longestSet`: what is held of a set whose SE does not come, in bytes. */
  constructor(emit: (item: EnvelopeItem) => void, longestSet = LONGEST_SET) {
    this.#emit = emit
    this.#longestSet = longestSet
  }

  /** `scanned` is what the scanner knows of the segment beside its text. What others may keep is handed out apart. */
  take(segment: DecodedSegment, scanned: ScannedSegment, delimiters: Delimiters | undefined): void {
    this.#last = segment
    if (!scanned.terminated && !this.#isWholeTrailer(segment)) return
    if (scanned.remark !== undefined) this.#sayRemark(scanned.remark, segment)
    if (this.#set !== undefined && !ENVELOPE.hasNumber(segment.idNumber)) {
      this.#takeBody(this.#set, segment, scanned)
      return
    }
    if (this.#strays !== undefined && ENVELOPE.hasNumber(segment.idNumber)) this.#sayStrays()
    switch (segment.id) {
      case 'ISA':
        this.#openInterchange(segment.apart(), delimiters)
        break
      case 'GS':
        this.#openGroup(segment.apart())
        break
      case 'ST':
        this.#openSet(segment.apart())
        break
      case 'SE':
        this.#endSet(segment)
        break
      case 'GE':
        this.#endGroup(segment.apart())
        break
      case 'IEA':
        this.#endInterchange(segment.apart())
        break
      default:
        if (SERVICES.has(segment.id)) this.#takeService(segment.apart())
        else this.#takeStray(segment)
    }
  }

  /** Within a set, takes those plain segments that come next: most of a file. In them nothing can be wrong that `take` looks for. */
  takeInner(scanner: SegmentScanner): void {
    const set = this.#set
    if (set === undefined || set.givenUp || scanner.reached - set.byteOffset > this.#longestSet) return
    const before = set.segments.length
    scanner.takeInner(set.segments)
    if (set.segments.length > before) this.#last = set.segments.at(-1)
  }

  problem(problem: ScanProblem): void {
    if (problem.kind !== 'outside-interchange') {
      this.#opened = true
      this.#lostTrack = problem.kind === 'delimiter-clash' || problem.kind === 'segment-too-long'
      this.#find(scanFinding(problem))
    } else if (!this.#opened) {
      this.#leading = problem
    } else if (!this.#lostTrack) {
      this.#find(scanFinding(problem))
    }
  }

  /** The file is over: what is still open was cut off. */
  end(): void {
    this.#sayStrays()
    const end = this.#last === undefined ? 0 : this.#last.byteOffset + this.#last.byteLength
    const cut = (scope: X12Finding['scope'], message: string, { span }: DecodedSegment) => {
      this.#find(fileFinding('FILE-TRUNCATED', scope, message, { ...span, byteLength: end - span.byteOffset }))
    }
    const { isa } = this.#interchange ?? {}
    if (this.#set !== undefined) {
      const { st } = this.#set
      cut('transaction', `the file ends within ${setName(st)}: its SE and what may have followed it are missing`, st)
    } else if (isa !== undefined) {
      cut(
        'interchange',
        `the file ends before the IEA of interchange ${text(isa, 13)}: what may have followed is missing`,
        isa,
      )
    }
    if (!this.#opened) this.#sayUnopened()
    this.#leaveSet()
    this.#leaveGroup(undefined)
    this.#leaveInterchange(undefined)
  }

  #sayUnopened(): void {
    const leading = this.#leading
    if (leading === undefined) {
      this.#find(
        fileFinding('FILE-EMPTY', 'interchange', 'the file holds nothing', { byteOffset: 0, byteLength: 0, line: 1 }),
      )
    } else if (leading.beginsIsa === true) {
      this.#find(
        fileFinding('FILE-TRUNCATED', 'interchange', 'the file ends within its ISA, or the ISA is damaged', leading),
      )
    } else {
      const { encoding, likeness = 'it is not X12' } = leading
      const message =
        encoding === undefined
          ? `the file holds no ISA: ${likeness}`
          : `the file is in ${encoding}, which is not read: have it sent in ASCII, UTF-8 or windows-1252`
      this.#find(fileFinding('FILE-UNREADABLE', 'interchange', message, leading))
    }
  }

  /** An IEA at the end of the file may lack its terminator, if its number is whole. Any other such segment was cut. */
  #isWholeTrailer(segment: DecodedSegment): boolean {
    const { isa } = this.#interchange ?? {}
    if (isa === undefined || segment.id !== 'IEA') return false
    const control = text(segment, 2)
    return control.length === CONTROL_LENGTH || sameNumber(control, text(isa, 13))
  }

  #openInterchange(isa: DecodedSegment, delimiters: Delimiters | undefined): void {
    if (this.#leading !== undefined) this.#find(scanFinding(this.#leading))
    this.#leading = undefined
    this.#opened = true
    this.#lostTrack = false
    this.#closeInterchange('the next ISA')
    if (delimiters === undefined) return
    this.#interchange = { isa, delimiters, groups: 0, services: 0, groupControls: new ControlNumbersSeen() }
    this.#emit({ kind: 'interchange-open', isa, delimiters })
    for (const finding of checkInterchangeHeader(isa)) this.#find(finding)
  }

  #openGroup(gs: DecodedSegment): void {
    this.#closeGroup('the next GS')
    if (this.#interchange !== undefined) this.#interchange.groups++
    this.#group = {
      gs,
      sets: 0,
      setControls: new ControlNumbersSeen(),
      envelope: groupEnvelope(this.#interchange?.isa, gs),
    }
    this.#emit({ kind: 'group-open', gs })
    for (const finding of checkGroupHeader(gs)) this.#find(finding)
    if (this.#interchange?.groupControls.add(text(gs, 6))) {
      const message = `group control number ${text(gs, 6)} was used before in this interchange`
      this.#find(controlReused(gs, 'AK905:19', message, 6))
    }
  }

  #openSet(st: DecodedSegment): void {
    this.#closeSet('the next ST')
    if (this.#group !== undefined) this.#group.sets++
    const orphaned =
      this.#group === undefined
        ? envelopeFinding(st, 'transaction', 'TA105:024', `${setName(st)} stands outside of any group: it is not used`)
        : undefined
    const trouble = orphaned ?? checkSetHeader(st)[0]
    this.#set = { st, byteOffset: st.byteOffset, segments: [st], trouble, givenUp: false }
    this.#emit({ kind: 'set-open', st })
  }

  #takeService(segment: DecodedSegment): void {
    if (this.#interchange === undefined) return
    this.#interchange.services++
    this.#emit({ kind: 'service', segment })
  }

  #sayRemark(remark: Remark, before: DecodedSegment): void {
    const set = this.#set
    if (set === undefined) this.#find(remarkFinding(remark, before, 'interchange'))
    else set.trouble ??= remarkFinding(remark, before, 'transaction')
  }

  #takeStray(segment: DecodedSegment): void {
    this.#strays ??= { first: segment, count: 0 }
    this.#strays.count++
  }

  #takeBody(set: OpenSet, segment: DecodedSegment, scanned: ScannedSegment): void {
    if (set.givenUp) return
    set.segments.push(segment)
    if (segment.byteOffset - set.byteOffset > this.#longestSet) this.#giveUp(set)
    else if (set.trouble === undefined && this.#interchange !== undefined) {
      const trouble = segmentTrouble(segment, scanned, this.#interchange.delimiters)
      if (trouble !== undefined) set.trouble = { ...trouble, segmentPosition: set.segments.length }
    }
  }

  #giveUp(set: OpenSet): void {
    const megabytes = Math.round(this.#longestSet / 1024 ** 2)
    const message = `${setName(set.st)} has no SE within ${megabytes} MB: it is not used`
    set.trouble ??= envelopeFinding(set.st, 'transaction', 'AK502:2', message)
    set.givenUp = true
    set.segments.length = 0
  }

  #endSet(se: DecodedSegment): void {
    const set = this.#set
    if (set === undefined) {
      this.#find(envelopeFinding(se, 'group', 'AK304:2', 'an SE without its ST'))
      return
    }
    set.segments.push(se)
    const trouble = set.trouble ?? trailerTrouble(set.segments, se)
    if (this.#interchange !== undefined && this.#group !== undefined && !set.givenUp) {
      if (trouble === undefined) this.#sayReused(set.st, this.#group)
      this.#sayMisplaced(set.st, this.#group)
      const transaction = transactionOf(set.segments, se, this.#group.envelope)
      this.#emit({ kind: trouble === undefined ? 'transaction' : 'refused', transaction })
    }
    if (trouble !== undefined) this.#find(trouble)
    this.#leaveSet()
  }

  // What does not keep a set from being read, but from being taken in. A set that is refused has used no control number: it is sent again.

  #sayReused(st: DecodedSegment, { setControls }: OpenGroup): void {
    if (setControls.add(text(st, 2))) {
      this.#find(controlReused(st, 'AK502:23', `${setName(st)}: its control number was used before in this group`, 2))
    }
  }

  #sayMisplaced(st: DecodedSegment, { gs }: OpenGroup): void {
    const right = groupItBelongsIn(text(st, 1), text(gs, 1))
    if (right === undefined) return
    const message = `${setName(st)} stands in a group ${text(gs, 1)}, it belongs in a group ${right}`
    this.#find(envelopeFinding(st, 'group', 'AK502:6', message, 1))
  }

  #endGroup(ge: DecodedSegment): void {
    this.#closeSet('GE')
    const group = this.#group
    if (group === undefined) {
      this.#find(envelopeFinding(ge, 'interchange', 'TA105:024', 'a GE without its GS'))
      return
    }
    const [control, sets] = [text(group.gs, 6), group.sets]
    if (!sameNumber(text(ge, 2), control)) {
      this.#find(envelopeFinding(ge, 'group', 'AK905:4', `GE02 is "${text(ge, 2)}", GS06 is "${control}"`, 2))
    }
    if (!sameNumber(text(ge, 1), String(sets))) {
      const message = `GE01 says "${text(ge, 1)}" transaction sets, group ${control} has ${sets}: one may be missing`
      this.#find(envelopeFinding(ge, 'group', 'AK905:5', message, 1))
    }
    this.#leaveGroup(ge)
  }

  #endInterchange(iea: DecodedSegment): void {
    this.#closeGroup('IEA')
    const interchange = this.#interchange
    if (interchange === undefined) return
    const [control, groups] = [text(interchange.isa, 13), interchange.groups]
    if (!sameNumber(text(iea, 2), control)) {
      this.#find(
        envelopeFinding(iea, 'interchange', 'TA105:001', `IEA02 is "${text(iea, 2)}", ISA13 is "${control}"`, 2),
      )
    }
    // Some partners count a lone TA1 as a group.
    const lone = groups === 0 && interchange.services > 0
    if (!lone && !sameNumber(text(iea, 1), String(groups))) {
      const message = `IEA01 says "${text(iea, 1)}" groups, interchange ${control} has ${groups}: one may be missing`
      this.#find(envelopeFinding(iea, 'interchange', 'TA105:021', message, 1))
    }
    this.#leaveInterchange(iea)
  }

  // What was left open has one cause, so it has one finding: of the innermost that is incomplete.

  #closeSet(before: string): boolean {
    const st = this.#set?.st
    if (st === undefined) return false
    this.#find(
      envelopeFinding(st, 'transaction', 'AK502:2', `${setName(st)} has no SE before ${before}: it is not used`),
    )
    this.#leaveSet()
    return true
  }

  #closeGroup(before: string): boolean {
    const gs = this.#group?.gs
    const told = this.#closeSet(before)
    if (!told && gs !== undefined) {
      this.#find(envelopeFinding(gs, 'group', 'AK905:3', `group ${text(gs, 6)} has no GE before ${before}`))
    }
    this.#leaveGroup(undefined)
    return told || gs !== undefined
  }

  #closeInterchange(before: string): void {
    const isa = this.#interchange?.isa
    if (!this.#closeGroup(before) && isa !== undefined) {
      this.#find(
        envelopeFinding(isa, 'interchange', 'TA105:023', `interchange ${text(isa, 13)} has no IEA before ${before}`),
      )
    }
    this.#leaveInterchange(undefined)
  }

  #leaveSet(): void {
    const st = this.#set?.st
    this.#set = undefined
    if (st !== undefined) this.#emit({ kind: 'set-close', st })
  }

  #leaveGroup(ge: DecodedSegment | undefined): void {
    const gs = this.#group?.gs
    this.#group = undefined
    if (gs !== undefined) this.#emit({ kind: 'group-close', gs, ge })
  }

  #leaveInterchange(iea: DecodedSegment | undefined): void {
    const isa = this.#interchange?.isa
    this.#interchange = undefined
    if (isa !== undefined) this.#emit({ kind: 'interchange-close', isa, iea })
  }

  #sayStrays(): void {
    const strays = this.#strays
    this.#strays = undefined
    if (strays === undefined) return
    const { first, count } = strays
    const which = count === 1 ? `segment ${first.id} stands` : `${count} segments from ${first.id} on stand`
    this.#find(
      syntaxFinding(
        first,
        this.#group === undefined ? 'interchange' : 'group',
        'AK304:2',
        `${which} outside of any transaction set`,
      ),
    )
  }

  #find(finding: X12Finding): void {
    this.#emit({ kind: 'finding', finding })
  }
}

/** They answer or wrap an interchange, before or after its groups, and are part of none. */
const SERVICES = new Set(['TA1', 'TA3', 'ISB', 'ISE'])
