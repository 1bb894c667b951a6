import type { Note } from '../canonical/index.js'
import { MatchbookError } from '../errors/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { append, type Draft } from './draft.js'
import { N9, NTE } from './layouts.js'
import type { Loops } from './loops.js'
import type { SegmentReader } from './segment-reader.js'
import { segment, type WrittenSegment, writeSegment } from './write-segment.js'

interface Noted {
  notes?: readonly Note[]
}

/** An N9; the MSGs behind it, in later versions the MTXs, are its text. */
export function readN9(reader: SegmentReader, loops: Loops, into: Noted, n9: DecodedSegment): void {
  const note: Draft<Note> = reader.fields(n9, N9)
  into.notes = append(into.notes, note)
  loops.give((segment) => {
    if (segment.id === 'MSG' || segment.id === 'MTX') addLine(reader, note, segment)
    if (segment.id === 'MTX') readCode(reader, note, segment)
  })
}

/** MSGs or MTXs that stand by themselves are one note. */
export function readMsg(reader: SegmentReader, into: Noted, msg: DecodedSegment): void {
  const last = into.notes?.at(-1)
  if (last !== undefined && last.qualifier === undefined && last.code === undefined) addLine(reader, last, msg)
  else if (reader.peek(msg, textOf(msg)) !== undefined) {
    const note: Draft<Note> = {}
    addLine(reader, note, msg)
    into.notes = append(into.notes, note)
  }
}

/** MTX01 says what kind of text a note is; a second kind in one N9 has no field. */
function readCode(reader: SegmentReader, note: Draft<Note>, mtx: DecodedSegment): void {
  const [code, line] = [reader.peek(mtx, 1), reader.peek(mtx, 2)]
  if (code === undefined || line === undefined) return
  if (note.text === line) note.code = code
  if (note.code === code) reader.passOver(mtx, 1)
}

/** MSG01, MTX02. */
const textOf = ({ id }: DecodedSegment): number => (id === 'MSG' ? 1 : 2)

export function readNte(reader: SegmentReader, into: Noted, nte: DecodedSegment): void {
  into.notes = append(into.notes, reader.fields(nte, NTE))
}

function addLine(reader: SegmentReader, note: Draft<Note>, msg: DecodedSegment): void {
  const line = reader.text(msg, textOf(msg))
  if (line !== undefined) note.text = note.text === undefined ? line : `${note.text}\n${line}`
}

const messages = ({ text, code }: Note): WrittenSegment[] =>
  text === undefined
    ? []
    : text.split('\n').map((line) => (code === undefined ? segment('MSG', line) : segment('MTX', code, line)))

export const nteSegments = ({ notes = [] }: Noted): WrittenSegment[] =>
  notes
    .filter(({ code, qualifier }) => code !== undefined && qualifier === undefined)
    .map((note) => writeSegment(NTE, note))

export const msgSegments = ({ notes = [] }: Noted): WrittenSegment[] =>
  notes.filter(({ code, qualifier }) => code === undefined && qualifier === undefined).flatMap(messages)

export const n9Segments = ({ notes = [] }: Noted): WrittenSegment[] =>
  notes
    .filter(({ qualifier }) => qualifier !== undefined)
    .flatMap((note) => [writeSegment(N9, note), ...messages(note)])

/** From this version on MTX says what MSG said before, but for the 810 and the 856. */
const FIRST_VERSION_WITH_MTX = '005010'

export const hasMtx = (version: string, set: string): boolean =>
  version >= FIRST_VERSION_WITH_MTX && set !== '810' && set !== '856'

/** @throws MatchbookError X12-WRITE for a note whose code only an MTX could carry */
export function asMsg(written: WrittenSegment): WrittenSegment {
  if (written[0] !== 'MTX') return written
  throw new MatchbookError('X12-WRITE', `there is no place for segment MTX here: ${written.join('*')}`)
}

export const asMtx = ([id = '', ...elements]: WrittenSegment): WrittenSegment =>
  id === 'MSG' ? segment('MTX', '', ...elements) : [id, ...elements]
