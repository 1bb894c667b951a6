import {
  AnswerKind,
  type Attributes,
  type Named,
  NO_MORE,
  readAttributes,
  readData,
  readHandle,
  readNames,
  readSpace,
  type Space,
} from './answers.js'
import { Malformed } from './packets.js'

/** One message to a server, and what comes back when it does what it is asked (draft-ietf-secsh-filexfer-02, 6). */
export interface Request<T> {
  /** Its length and kind, room for its number, and the rest. */
  readonly bytes: Buffer
  /** Follows them, and is sent from where it lies. */
  readonly data?: Buffer
  /** Kind of the answer. */
  readonly answer: number
  /** Reads a packet of that kind. @throws Malformed */
  readonly read: (packet: Buffer) => T
  /** Stands for the answer when there is no more to be read. */
  readonly atEnd?: T
  /** Memory for the bytes of a file that are asked for. */
  readonly into?: Buffer | undefined
  /** Which extension of the protocol it is of. */
  readonly extension?: Extension
}

/** Of a file or a folder that is open there. */
export type Handle = Buffer

/** Kind and number. */
const KIND_AT = 4
const NUMBER_AT = 5
const REST_AT = 9

export function setNumber({ bytes }: Request<unknown>, number: number): void {
  bytes.writeUInt32BE(number, NUMBER_AT)
}

const [READ, WRITE, WRITE_NEW] = [1, 2, 2 | 8 | 16]
const WITH_MODE = 4

export const openToRead = (path: string): Request<Handle> => handleOf(message(3, [path, READ, 0]))
/** Makes the file, or empties it. */
export const openToWrite = (path: string, mode: number): Request<Handle> =>
  handleOf(message(3, [path, WRITE_NEW, WITH_MODE, mode]))
/** As it is: fails where there is no file. */
export const openToWriteMore = (path: string): Request<Handle> => handleOf(message(3, [path, WRITE, 0]))
export const close = (handle: Handle): Request<void> => done(message(4, [handle]))
/** Fewer bytes may come than are asked for; none at the end of the file. They lie in `into`, where that is given. */
export const read = (handle: Handle, position: number, length: number, into?: Buffer): Request<Buffer> => ({
  bytes: message(5, [handle, ...offset(position), length]),
  answer: AnswerKind.data,
  read: (packet) => {
    const data = atMost(length, readData(packet))
    if (into === undefined) return data
    into.set(data)
    return into.subarray(0, data.length)
  },
  atEnd: NOTHING,
  into,
})
export const write = (handle: Handle, position: number, data: Buffer): Request<void> => ({
  ...done(message(6, [handle, ...offset(position), data.length], data.length)),
  data,
})

export const lstat = (path: string): Request<Attributes> => attributesOf(message(7, [path]))
export const fstat = (handle: Handle): Request<Attributes> => attributesOf(message(8, [handle]))
/** Of what a link leads to. */
export const stat = (path: string): Request<Attributes> => attributesOf(message(17, [path]))

export const openFolder = (path: string): Request<Handle> => handleOf(message(11, [path]))
/** Some more of the names in it; `NO_MORE` when that were all. */
export const readFolder = (handle: Handle): Request<readonly Named[]> => ({
  bytes: message(12, [handle]),
  answer: AnswerKind.names,
  read: readNames,
  atEnd: NO_MORE,
})

export const remove = (path: string): Request<void> => done(message(13, [path]))
export const makeFolder = (path: string): Request<void> => done(message(14, [path, 0]))
/** Refused where something has the name. */
export const rename = (from: string, to: string): Request<void> => done(message(18, [from, to]))

/** A request of OpenSSH's, which others may offer too (PROTOCOL of OpenSSH, 4). */
export interface Extension {
  readonly name: string
  readonly version: string
}
const posixRename: Extension = { name: 'posix-rename@openssh.com', version: '1' }
const fsync: Extension = { name: 'fsync@openssh.com', version: '1' }
const statvfs: Extension = { name: 'statvfs@openssh.com', version: '2' }
const EXTENDED = 200

/** Puts it in the place of what has the name. */
export const renameOver = (from: string, to: string): Request<void> => ({
  ...done(message(EXTENDED, [posixRename.name, from, to])),
  extension: posixRename,
})
/** Has what was written put on the disk. */
export const sync = (handle: Handle): Request<void> => ({
  ...done(message(EXTENDED, [fsync.name, handle])),
  extension: fsync,
})
export const space = (path: string): Request<Space> => ({
  bytes: message(EXTENDED, [statvfs.name, path]),
  answer: AnswerKind.extended,
  read: readSpace,
  extension: statvfs,
})

const NOTHING = Buffer.alloc(0)
function atMost(length: number, data: Buffer): Buffer {
  if (data.length > length) throw new Malformed(`${data.length} bytes of a file where ${length} were asked for`)
  return data
}
const done = (bytes: Buffer): Request<void> => ({ bytes, answer: AnswerKind.status, read: () => {} })
const handleOf = (bytes: Buffer): Request<Handle> => ({ bytes, answer: AnswerKind.handle, read: readHandle })
const attributesOf = (bytes: Buffer): Request<Attributes> => ({
  bytes,
  answer: AnswerKind.attributes,
  read: readAttributes,
})

/** Eight bytes as two numbers. */
const offset = (position: number): [number, number] => [Math.floor(position / 2 ** 32), position % 2 ** 32]

/** `parts`: numbers of four bytes; texts and bytes, each with its length before it. `following`: bytes that are sent after these. */
function message(kind: number, parts: readonly (number | string | Buffer)[], following = 0): Buffer {
  let size = REST_AT
  for (const part of parts) {
    size += 4
    if (typeof part === 'string') size += Buffer.byteLength(part)
    else if (typeof part !== 'number') size += part.length
  }
  const bytes = Buffer.allocUnsafe(size)
  bytes.writeUInt32BE(size - KIND_AT + following, 0)
  bytes[KIND_AT] = kind
  let at = REST_AT
  for (const part of parts) {
    if (typeof part === 'number') at = bytes.writeUInt32BE(part, at)
    else {
      const length = typeof part === 'string' ? bytes.write(part, at + 4) : part.copy(bytes, at + 4)
      at = bytes.writeUInt32BE(length, at) + length
    }
  }
  return bytes
}
