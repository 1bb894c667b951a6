import { randomBytes } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { MatchbookError } from '../../src/errors/index.js'
import { NO_MORE } from '../../src/exchange/sftp/answers.js'
import { Channel } from '../../src/exchange/sftp/channel.js'
import { FILE, FOLDER, kindOfFile } from '../../src/exchange/sftp/kind-of-file.js'
import { lookAtOpen } from '../../src/exchange/sftp/look-at-open.js'
import { Malformed, Packets } from '../../src/exchange/sftp/packets.js'
import * as requests from '../../src/exchange/sftp/requests.js'
import { NotOffered } from '../../src/exchange/sftp/session.js'
import fc from '../properties.js'
import { FakeSftp, packet, uint32, withLength } from './fake-sftp.js'

const MB = 1024 * 1024
const handle = Buffer.from('h')
const broken = { code: 'TRANSFER-FAILED', facts: { connection: 'broken' } }

/** Cut at these places. */
const pieces = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return places.slice(1).map((end, n) => bytes.subarray(places[n], end))
}
const cuts = fc.array(fc.nat(), { maxLength: 12 })

describe('the bytes that a server sends', () => {
  it('are the same packets however they come', () => {
    const rests = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(rests, cuts, (all, places) => {
        const sent = all.map((rest, n) => packet(101, n, Buffer.from(rest)))
        const came: Buffer[] = []
        const packets = new Packets((one) => came.push(Buffer.from(one)))
        for (const piece of pieces(Buffer.concat(sent), places)) packets.add(piece)
        expect(came).toEqual(sent.map((one) => one.subarray(4)))
      }),
    )
  })

  it('of a file of 255 KB come together from packets of 32 KB', () => {
    const data = randomBytes(255 * 1024)
    const came: Buffer[] = []
    const packets = new Packets((one) => came.push(one))
    const bytes = Buffer.concat([packet(103, 7, withLength(data)), packet(101, 8, uint32(0))])
    for (let at = 0; at < bytes.length; at += 32 * 1024) packets.add(bytes.subarray(at, at + 32 * 1024))
    expect(came.map(({ length }) => length)).toEqual([data.length + 9, 9])
    expect(came[0]?.subarray(9).equals(data)).toBe(true)
  })

  it('of a file lie where they belong, however they come and whatever follows them', () => {
    const answer = fc.record({
      data: fc.uint8Array({ maxLength: 60 }),
      after: fc.nat(9),
      /** Bytes that were asked for beyond those that came. */
      more: fc.nat(5),
    })
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 6 }), cuts, (all, places) => {
        const rooms = all.map(({ data, more }) => Buffer.alloc(data.length + more, 0xff))
        const sent = all.map(({ data, after }, n) =>
          packet(103, n, Buffer.concat([withLength(Buffer.from(data)), Buffer.alloc(after)])),
        )
        const came: Buffer[] = []
        const packets = new Packets(
          // What came whole, or was cut within its first bytes.
          (one) => {
            came[one.readUInt32BE(1)] = Buffer.from(one.subarray(9, 9 + one.readUInt32BE(5)))
          },
          {
            room: (_kind, number) => rooms[number],
            filled: (number, bytes) => {
              expect(bytes.equals(rooms[number]?.subarray(0, bytes.length) ?? Buffer.alloc(0))).toBe(true)
              came[number] = bytes
            },
          },
        )
        for (const piece of pieces(Buffer.concat(sent), places)) {
          const memory = Buffer.from(piece)
          packets.add(memory)
          memory.fill(0)
        }
        expect(came.map((bytes) => [...bytes])).toEqual(all.map(({ data }) => [...data]))
      }),
    )
  })

  it.each([0, 4, 256 * 1024 + 1, 2 ** 32 - 1])('are no SFTP when a packet says that it has %d bytes', (length) => {
    expect(() => new Packets(() => {}).add(uint32(length))).toThrow(Malformed)
  })
})

/** Any request, by what it is answered with when it succeeds. */
const anyRequest = fc.constantFrom<() => requests.Request<unknown>>(
  () => requests.openToRead('a'),
  () => requests.openToWrite('a', 0o640),
  () => requests.close(handle),
  () => requests.read(handle, 2 ** 40, 100),
  () => requests.read(handle, 0, 100, Buffer.alloc(100)),
  () => requests.write(handle, 5, Buffer.from('bytes')),
  () => requests.lstat('a'),
  () => requests.fstat(handle),
  () => requests.openFolder(''),
  () => requests.readFolder(handle),
  () => requests.remove('a'),
  () => requests.rename('a', 'b'),
  () => requests.renameOver('a', 'b'),
  () => requests.sync(handle),
  () => requests.space('a'),
)
const attributes = fc.tuple(fc.nat(15), fc.boolean()).map(([flags, more]) => {
  const size = (flags & 1 ? 8 : 0) + (flags & 2 ? 8 : 0) + (flags & 4 ? 4 : 0) + (flags & 8 ? 8 : 0)
  const pairs = more ? Buffer.concat([uint32(1), withLength('kind'), withLength('value')]) : Buffer.alloc(0)
  return Buffer.concat([uint32((flags | (more ? 0x80000000 : 0)) >>> 0), Buffer.alloc(size, 1), pairs])
})
/** What a server might answer: as it should be, cut off, with more after it, or anything. */
const rest = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.uint8Array({ maxLength: 120 }).map((bytes) => withLength(Buffer.from(bytes))),
  attributes,
  attributes.map((one) =>
    Buffer.concat([uint32(2), ...[0, 1].flatMap(() => [withLength('name'), withLength('-rw'), one])]),
  ),
  fc.constantFrom(uint32(0), uint32(1), uint32(2), Buffer.concat([uint32(4), withLength('no'), withLength('en')])),
)
const answer = fc.record({
  kind: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(101, 102, 103, 104, 105, 201) },
    { weight: 1, arbitrary: fc.nat(255) },
  ),
  to: fc.nat(9),
  rest: fc
    .tuple(rest, fc.nat(60), fc.nat(3))
    .map(([bytes, cut, how]) =>
      how === 0 ? bytes.subarray(0, cut) : how === 1 ? Buffer.concat([bytes, Buffer.alloc(cut)]) : bytes,
    ),
})

describe('a server that answers anything', () => {
  it('leaves nobody waiting, and breaks nothing but the connection', async () => {
    const asked = fc.array(anyRequest, { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(asked, fc.array(answer, { maxLength: 12 }), cuts, async (all, answers, places) => {
        const server = new FakeSftp()
        const session = server.session()
        const coming = all.map((request) => session.ask('read', 'a', request()))
        const settled = Promise.allSettled(coming)
        await turn()
        const bytes = Buffer.concat(answers.map(({ kind, to, rest: what }) => packet(kind, to, what)))
        for (const piece of pieces(bytes, places)) server.push(piece)
        server.push(null)
        for (const result of await settled)
          if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(MatchbookError)
        expect(session.isOpen).toBe(false)
        await expect(session.ask('read', 'a', requests.lstat('a'))).rejects.toMatchObject(broken)
      }),
      { numRuns: 300 },
    )
  })
})

describe('an answer', () => {
  const answered = async <T>(request: requests.Request<T>, kind: number, what: Buffer): Promise<T> => {
    const server = new FakeSftp()
    const coming = server.session().ask('read', 'a', request)
    coming.catch(() => {})
    server.push(packet(kind, 1, what))
    return coming
  }

  it('gives bytes, attributes, names and room as the server says them', async () => {
    expect((await answered(requests.read(handle, 0, 5), 103, withLength('bytes'))).toString()).toBe('bytes')
    const room = Buffer.from('        ')
    expect((await answered(requests.read(handle, 0, 8, room), 103, withLength('bytes'))).toString()).toBe('bytes')
    expect(room.toString()).toBe('bytes   ')
    const facts = Buffer.concat([
      uint32(0x8000000f, 1, 2, 3, 4, 0o100644, 5, 1700000000, 1),
      withLength('k'),
      withLength('v'),
    ])
    const known = { size: 2 ** 32 + 2, mode: 0o100644, modified: 1700000000 }
    expect(await answered(requests.lstat('a'), 105, facts)).toEqual(known)
    const nothing = { size: undefined, mode: undefined, modified: undefined }
    expect(await answered(requests.lstat('a'), 105, uint32(0))).toEqual(nothing)
    const names = Buffer.concat([
      uint32(2),
      withLength('ä'),
      withLength('-rw'),
      facts,
      withLength('b'),
      withLength(''),
      uint32(0),
    ])
    expect(await answered(requests.readFolder(handle), 104, names)).toEqual([
      { name: 'ä', line: '-rw', attributes: known },
      { name: 'b', line: '', attributes: nothing },
    ])
    const space = uint32(0, 4096, 0, 512, 0, 9, 0, 9, 1, 7, ...Array.from({ length: 12 }, () => 0))
    expect(await answered(requests.space('a'), 201, space)).toEqual({ blockSize: 512n, free: 2n ** 32n + 7n })
  })

  it('that there is no more is no failure where one reads on, and is one elsewhere', async () => {
    expect((await answered(requests.read(handle, 0, 5), 101, uint32(1))).length).toBe(0)
    expect(await answered(requests.readFolder(handle), 101, uint32(1))).toBe(NO_MORE)
    await expect(answered(requests.lstat('a'), 101, uint32(1))).rejects.toMatchObject({ facts: { status: 1 } })
  })

  it('of a server that knows no FSTAT is asked for by the path', async () => {
    const server = new FakeSftp()
    const looked = lookAtOpen(server.session(), 'read', handle, '/out/a')
    server.push(packet(101, 1, Buffer.concat([uint32(8), withLength(''), withLength('')])))
    await new Promise(setImmediate)
    server.push(packet(105, 2, uint32(1, 0, 7)))
    expect(await looked).toMatchObject({ size: 7 })
    expect(server.sent.at(-1)?.toString()).toContain('/out/a')
  })

  it.each([
    ['a file, where one is looked for', undefined, FILE, 'file'],
    ['a folder, where one is looked for', 0, FOLDER, 'folder'],
    ['what the line for people says', undefined, 'drwxr-xr-x', 'folder'],
    ['what it is, whatever is looked for', 0o040755, FILE, 'folder'],
    ['nothing that may be touched, in a list without lines', undefined, '', 'other'],
  ])('that tells no kind of a file stands for %s', (_, mode, line, kind) => {
    expect(kindOfFile({ mode, size: 1, modified: 1 }, line)).toBe(kind)
  })

  it('of no is told with its words, and by its number where a server has none', async () => {
    const said = Buffer.concat([uint32(3), withLength('not for you'), withLength('en')])
    const missing = { code: 'REMOTE-MISSING', message: 'partner: cannot read a: No such file' }
    await expect(answered(requests.openToRead('a'), 101, said)).rejects.toMatchObject({
      code: 'REMOTE-PERMISSION',
      message: 'partner: cannot read a: not for you',
    })
    await expect(answered(requests.openToRead('a'), 101, uint32(2))).rejects.toMatchObject(missing)
    await expect(answered(requests.openToRead('a'), 101, uint32(2, 99))).rejects.toMatchObject(missing)
  })

  it.each<[string, requests.Request<unknown>, number, Buffer]>([
    ['yes in place of a handle', requests.openToRead('a'), 101, uint32(0)],
    ['bytes in place of a handle', requests.openToRead('a'), 105, uint32(0)],
    ['a handle for a file that is closed', requests.close(handle), 102, withLength('h')],
    ['more bytes than were asked for', requests.read(handle, 0, 4), 103, withLength('bytes')],
    ['more bytes than there is room for', requests.read(handle, 0, 4, Buffer.alloc(4)), 103, withLength('bytes')],
    ['fewer bytes than it says', requests.read(handle, 0, 100), 103, uint32(5, 0)],
    ['a million names in twelve bytes', requests.readFolder(handle), 104, uint32(1_000_000, 0, 0)],
    ['a size without its second half', requests.lstat('a'), 105, uint32(1, 0)],
    ['no number of a status', requests.close(handle), 101, Buffer.alloc(0)],
    ['a kind of message that there is not', requests.close(handle), 99, uint32(0)],
  ])('of %s ends the connection', async (_what, request, kind, what) => {
    await expect(answered(request, kind, what)).rejects.toMatchObject(broken)
  })

  it('to something that nobody asked is passed over', async () => {
    const server = new FakeSftp()
    const coming = server.session().ask('remove', 'a', requests.remove('a'))
    for (const number of [0, 2, 2 ** 32 - 1]) server.push(packet(102, number, withLength('h')))
    server.push(packet(101, 1, uint32(0)))
    expect(await coming).toBeUndefined()
  })

  it('is not waited for where the server does not offer what is asked', async () => {
    const server = new FakeSftp()
    server._extensions = { 'posix-rename@openssh.com': '2', 'fsync@openssh.com': '', 'statvfs@openssh.com': '1' }
    const session = server.session()
    for (const request of [requests.renameOver('a', 'b'), requests.sync(handle), requests.space('a')])
      await expect(session.ask<unknown>('write', 'a', request)).rejects.toBeInstanceOf(NotOffered)
    await turn()
    expect(server.sent).toEqual([])
  })
})

describe('what is sent', () => {
  const opened = () => {
    const server = new FakeSftp()
    return { server, channel: new Channel(server.wrapped, server.socket, () => {}) }
  }

  it('in one turn shares packets, and none is larger than the server takes', async () => {
    const { server, channel } = opened()
    for (let n = 0; n < 100; n += 1) channel.send(Buffer.alloc(1000, n))
    expect(server.sent.length).toBeLessThan(4)
    await turn()
    expect(server.sent.map(({ length }) => length)).toEqual([32_000, 32_000, 32_000, 4000])
  })

  it('comes in order and whole whatever the server lets us send', async () => {
    const message = fc.record({
      size: fc.integer({ min: 1, max: 3000 }),
      data: fc.option(fc.integer({ min: 1, max: 70_000 }), { nil: undefined }),
    })
    const allowed = fc.array(fc.integer({ min: 300, max: 40_000 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 12 }),
        allowed,
        fc.integer({ min: 300, max: 40_000 }),
        async (all, more, packetSize) => {
          const { server, channel } = opened()
          Object.assign(server.outgoing, { window: more[0], packetSize })
          const expected: Buffer[] = []
          for (const [n, { size, data }] of all.entries()) {
            const bytes = Buffer.alloc(size, n + 1)
            const following = data === undefined ? undefined : randomBytes(data)
            expected.push(Buffer.from(bytes), ...(following === undefined ? [] : [following]))
            channel.send(bytes, following)
            // It may be used again at once.
            bytes.fill(255)
            if (n % 3 === 0) await turn()
          }
          await turn()
          for (let n = 0; server._waitWindow; n += 1) {
            expect(server.outgoing.window).toBe(0)
            server.allow(more[n % more.length] ?? 1)
          }
          expect(server.sent.every(({ length }) => length > 0 && length <= packetSize)).toBe(true)
          expect(Buffer.concat(server.sent).equals(Buffer.concat(expected))).toBe(true)
        },
      ),
    )
  })

  it('after the end goes nowhere', async () => {
    const { server, channel } = opened()
    Object.assign(server.outgoing, { state: 'closed' })
    channel.send(Buffer.alloc(10), Buffer.alloc(20_000))
    await turn()
    expect(server.sent).toEqual([])
  })
})

it('a server may have 8 MB under way, and is let send more before they are used up', () => {
  const server = new FakeSftp()
  new Channel(server.wrapped, server.socket, () => {})
  expect(server.incoming.window).toBe(8 * MB)
  for (let n = 0; n < 1000; n += 1) {
    // As ssh2 does.
    server.incoming.window -= 32 * 1024
    server.push(Buffer.alloc(32 * 1024))
    expect(server.incoming.window).toBeGreaterThan(6 * MB - 1)
  }
  expect(server.granted.reduce((sum, one) => sum + one, 0) + 2 * MB - server.incoming.window).toBe(1000 * 32 * 1024)
})
