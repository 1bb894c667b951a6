import type { Envelope, Span } from '../../canonical/index.js'
import type { ScanProblem } from './segment-scanner.js'
import type { DecodedSegment, Transaction } from './transaction.js'
import type { X12Finding } from './x12-finding.js'

export type X12Item =
  | { readonly kind: 'transaction'; readonly transaction: Transaction }
  | { readonly kind: 'finding'; readonly finding: X12Finding }

interface OpenInterchange {
  readonly isa: DecodedSegment
  groups: number
}
interface OpenGroup {
  readonly gs: DecodedSegment
  sets: number
}
interface OpenSet {
  readonly segments: DecodedSegment[]
}

/** Follows ISA, GS, ST and their trailers, and hands over each set whose own header and trailer fit together. */
export class EnvelopeReader {
  #interchange: OpenInterchange | undefined
  #group: OpenGroup | undefined
  #set: OpenSet | undefined
  #last: Span = { byteOffset: 0, byteLength: 0, line: 1 }

  /** What the scanner met between segments. */
  problem(problem: ScanProblem): X12Finding {
    return {
      code: problem.kind === 'outside-interchange' ? 'X12-SYNTAX' : 'X12-ENVELOPE',
      standardCode: problem.standardCode ?? 'TA105:024',
      scope: 'interchange',
      message: problem.message,
      byteOffset: problem.byteOffset,
      byteLength: problem.byteLength,
      line: problem.line,
    }
  }

  *segment(segment: DecodedSegment, terminated: boolean): Generator<X12Item> {
    this.#last = segment.span
    // A segment without its terminator is the end of a cut file; end() says so.
    if (!terminated && segment.id !== 'IEA') return
    switch (segment.id) {
      case 'ISA':
        yield* this.#closeInterchange('the next ISA')
        this.#interchange = { isa: segment, groups: 0 }
        return
      case 'TA1':
        return
      case 'GS':
        yield* this.#closeGroup('the next GS')
        if (this.#interchange !== undefined) this.#interchange.groups++
        this.#group = { gs: segment, sets: 0 }
        return
      case 'ST':
        yield* this.#closeSet('the next ST')
        if (this.#group === undefined) {
          yield envelope(segment, 'interchange', 'TA105:024', 'a transaction set stands outside of any group')
        } else this.#group.sets++
        this.#set = { segments: [segment] }
        return
      case 'SE':
        yield* this.#endSet(segment)
        return
      case 'GE':
        yield* this.#endGroup(segment)
        return
      case 'IEA':
        yield* this.#endInterchange(segment)
        return
      default:
        if (this.#set !== undefined) this.#set.segments.push(segment)
        else yield envelope(segment, 'group', 'AK905:6', `segment ${segment.id} stands outside of any transaction set`)
    }
  }

  /** The file is over: what is still open was cut off. */
  *end(): Generator<X12Item> {
    const truncated = (scope: X12Finding['scope'], message: string, from: Span): X12Item => ({
      kind: 'finding',
      finding: {
        code: 'FILE-TRUNCATED',
        standardCode: 'TA105:023',
        scope,
        message,
        byteOffset: from.byteOffset,
        byteLength: this.#last.byteOffset + this.#last.byteLength - from.byteOffset,
        line: from.line,
      },
    })
    const start = this.#set?.segments[0]
    if (start !== undefined) {
      const [set = '', control = ''] = start.elements
      yield truncated(
        'transaction',
        `the file ends within transaction set ${set} ${control}: no SE, no IEA`,
        start.span,
      )
    } else if (this.#interchange !== undefined) {
      yield truncated(
        'interchange',
        `the file ends before the IEA of interchange ${text(this.#interchange.isa, 13)}`,
        this.#interchange.isa.span,
      )
    }
    this.#set = undefined
    this.#group = undefined
    this.#interchange = undefined
  }

  *#endSet(se: DecodedSegment): Generator<X12Item> {
    const set = this.#set
    this.#set = undefined
    const st = set?.segments[0]
    if (set === undefined || st === undefined) {
      yield envelope(se, 'group', 'AK304:2', 'an SE without its ST')
      return
    }
    set.segments.push(se)
    const control = text(st, 2)
    if (text(se, 2) !== control) {
      yield envelope(se, 'transaction', 'AK502:3', `SE02 is ${text(se, 2)}, ST02 is ${control}: the set is not used`, 2)
    } else if (text(se, 1) !== String(set.segments.length) && Number(text(se, 1)) !== set.segments.length) {
      yield envelope(
        se,
        'transaction',
        'AK502:4',
        `SE01 says ${text(se, 1)} segments, the set ${control} has ${set.segments.length}: it is not used`,
        1,
      )
    } else if (this.#interchange === undefined || this.#group === undefined) {
      yield envelope(
        se,
        'transaction',
        'TA105:024',
        `set ${control} stands outside of an interchange or group: it is not used`,
      )
    } else {
      yield { kind: 'transaction', transaction: transactionOf(set.segments, this.#interchange.isa, this.#group.gs) }
    }
  }

  *#endGroup(ge: DecodedSegment): Generator<X12Item> {
    yield* this.#closeSet('GE')
    const group = this.#group
    this.#group = undefined
    if (group === undefined) {
      yield envelope(ge, 'interchange', 'TA105:024', 'a GE without its GS')
      return
    }
    if (text(ge, 2) !== text(group.gs, 6))
      yield envelope(ge, 'group', 'AK905:4', `GE02 is ${text(ge, 2)}, GS06 is ${text(group.gs, 6)}`, 2)
    if (Number(text(ge, 1)) !== group.sets) {
      yield envelope(
        ge,
        'group',
        'AK905:5',
        `GE01 says ${text(ge, 1)} transaction sets, the group has ${group.sets}: one may be missing`,
        1,
      )
    }
  }

  *#endInterchange(iea: DecodedSegment): Generator<X12Item> {
    yield* this.#closeGroup('IEA')
    const interchange = this.#interchange
    this.#interchange = undefined
    if (interchange === undefined) {
      yield envelope(iea, 'interchange', 'TA105:024', 'an IEA without its ISA')
      return
    }
    const control = text(interchange.isa, 13)
    if (text(iea, 2) !== control)
      yield envelope(iea, 'interchange', 'TA105:001', `IEA02 is ${text(iea, 2)}, ISA13 is ${control}`, 2)
    if (Number(text(iea, 1)) !== interchange.groups) {
      yield envelope(
        iea,
        'interchange',
        'TA105:021',
        `IEA01 says ${text(iea, 1)} groups, the interchange has ${interchange.groups}: one may be missing`,
        1,
      )
    }
  }

  *#closeSet(before: string): Generator<X12Item> {
    const st = this.#set?.segments[0]
    this.#set = undefined
    if (st !== undefined)
      yield envelope(
        st,
        'transaction',
        'AK502:2',
        `set ${text(st, 1)} ${text(st, 2)} has no SE before ${before}: it is not used`,
      )
  }

  *#closeGroup(before: string): Generator<X12Item> {
    yield* this.#closeSet(before)
    const group = this.#group
    this.#group = undefined
    if (group !== undefined)
      yield envelope(group.gs, 'group', 'AK905:3', `group ${text(group.gs, 6)} has no GE before ${before}`)
  }

  *#closeInterchange(before: string): Generator<X12Item> {
    yield* this.#closeGroup(before)
    const interchange = this.#interchange
    this.#interchange = undefined
    if (interchange !== undefined) {
      yield envelope(
        interchange.isa,
        'interchange',
        'TA105:023',
        `interchange ${text(interchange.isa, 13)} has no IEA before ${before}`,
      )
    }
  }
}

const text = (segment: DecodedSegment, element: number): string => segment.elements[element - 1]?.trim() ?? ''

function envelope(
  segment: DecodedSegment,
  scope: X12Finding['scope'],
  standardCode: string,
  message: string,
  element?: number,
): X12Item {
  return {
    kind: 'finding',
    finding: {
      code: 'X12-ENVELOPE',
      standardCode,
      scope,
      message,
      segment: segment.id,
      ...(element === undefined ? {} : { element, value: text(segment, element) }),
      ...segment.span,
    },
  }
}

function transactionOf(segments: readonly DecodedSegment[], isa: DecodedSegment, gs: DecodedSegment): Transaction {
  const [st, se] = [segments[0] as DecodedSegment, segments.at(-1) as DecodedSegment]
  const envelope: Envelope = {
    senderQualifier: text(isa, 5),
    sender: text(isa, 6),
    receiverQualifier: text(isa, 7),
    receiver: text(isa, 8),
    groupSender: text(gs, 2),
    groupReceiver: text(gs, 3),
    interchangeControl: text(isa, 13),
    groupControl: text(gs, 6),
    transactionControl: text(st, 2),
    usage: text(isa, 15),
    version: text(gs, 8),
  }
  const span = { ...st.span, byteLength: se.span.byteOffset + se.span.byteLength - st.span.byteOffset }
  return { set: text(st, 1), envelope, segments, span }
}
