import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ArchiveWriter } from '../../src/exchange/archive-writer.js'
import { openArchive } from '../../src/exchange/index.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { writeInto } from '../../src/exchange/write-into.js'
import { startOpenSsh } from '../servers/openssh.js'
import { mayNotMount, mountSmallDisk } from '../servers/small-disk.js'
import { DropFixture } from './drop-fixture.js'
import { sftpTo } from './sftp-to.js'

const MB = 1024 * 1024
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

let home: string
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'matchbook-large-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** As they come over SFTP, in parts that are no whole number of pages. The bytes of each part are made others once it was taken. */
async function write(writer: ArchiveWriter, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += 255 * 1024) {
    const part = Buffer.from(bytes.subarray(at, at + 255 * 1024))
    await writeInto(writer, part)
    part.fill(0)
  }
}

/** As a transfer does that knows the size: room for many parts is asked for ahead, and filled in order. */
async function fill(writer: ArchiveWriter, bytes: Buffer, part: number): Promise<void> {
  const given: Buffer[] = []
  for (let at = writer.size; at < bytes.length || given.length > 0; ) {
    while (at < bytes.length && given.length < 16) {
      const room = await writer.room(Math.min(part, bytes.length - at))
      bytes.copy(room, 0, at)
      given.push(room)
      at += room.length
    }
    const first = given.shift()
    if (first !== undefined) writer.filled(first.length)
  }
}

describe('a large file', () => {
  it.each([255 * 1024, 200_001, 32 * 1024])('of which parts of %d bytes come into its room is whole', async (part) => {
    const archive = await openArchive(path.join(home, 'archive'))
    const bytes = randomBytes(17 * MB + 123)
    const writer = await archive.writer(bytes.length)
    expect(writer.hasRoom).toBe(true)
    await fill(writer, bytes, part)
    expect((await writer.ending(300)).equals(bytes.subarray(-300))).toBe(true)
    const { sha256, path: place } = await writer.keep()
    expect(sha256).toBe(hashOf(bytes))
    expect(readFileSync(place).equals(bytes)).toBe(true)
  })

  it('of which a part did not come any more goes on after the last that did', async () => {
    const archive = await openArchive(path.join(home, 'archive'))
    const bytes = randomBytes(40 * MB)
    const first = await archive.resumable('a-key', bytes.length)
    await fill(first, bytes.subarray(0, 20 * MB), 255 * 1024)
    bytes.copy(await first.room(1000), 0, 20 * MB)
    await first.room(1000)
    first.filled(1000)
    await first.interrupt()
    const second = await archive.resumable('a-key', bytes.length)
    expect(second.size).toBe(20 * MB + 1000)
    await fill(second, bytes, 255 * 1024)
    const { path: place } = await second.keep()
    expect(readFileSync(place).equals(bytes)).toBe(true)
    expect(readdirSync(path.join(archive.folder, 'work'))).toEqual([])
  })

  it('is kept whole under its hash, also beside more of its kind than there are threads for', async () => {
    const archive = await openArchive(path.join(home, 'archive'))
    const files = [17.5, 24, 40.001].map((size) => randomBytes(Math.round(size * MB)))
    const keep = async (bytes: Buffer): Promise<void> => {
      const writer = await archive.writer()
      await write(writer, bytes)
      expect(writer.size).toBe(bytes.length)
      expect((await writer.ending(300)).equals(bytes.subarray(-300))).toBe(true)
      const { sha256, size, path: place } = await writer.keep()
      expect([sha256, size]).toEqual([hashOf(bytes), bytes.length])
      expect(readFileSync(place).equals(bytes)).toBe(true)
    }
    await Promise.all(files.map(keep))
    expect(readdirSync(path.join(archive.folder, 'work'))).toEqual([])
  })

  it('that breaks off goes on at its last byte', async () => {
    const archive = await openArchive(path.join(home, 'archive'))
    const bytes = randomBytes(45 * MB)
    const first = await archive.resumable('a-key')
    await write(first, bytes.subarray(0, 30 * MB + 7))
    await first.interrupt()
    const second = await archive.resumable('a-key')
    expect(second.size).toBe(30 * MB + 7)
    await write(second, bytes.subarray(second.size))
    expect((await second.keep()).sha256).toBe(hashOf(bytes))
  })

  it('comes whole over a connection beside many small ones', async () => {
    const server = await startOpenSsh()
    const endpoint = createSftpEndpoint('medline', sftpTo(server))
    try {
      const drop = await DropFixture.at({ root: server.root, endpoint, stop: server.stop })
      const sizes = [40 * MB + 7, 18 * MB, 17 * MB, 5 * MB + 1, ...Array.from({ length: 60 }, (_, n) => n * n * 40)]
      const hashes = sizes.map((size, n) => {
        const bytes = randomBytes(size)
        drop.put(`file-${String(n).padStart(2, '0')}.edi`, bytes)
        return hashOf(bytes)
      })
      const { taken, failures } = await drop.pull({ resumeFrom: 4 * MB })
      expect(failures).toEqual([])
      expect(taken.map(({ archivePath }) => hashOf(readFileSync(archivePath)))).toEqual(hashes)
      drop.remove()
    } finally {
      await endpoint.close()
      await server.stop()
    }
  })

  it('that is thrown away leaves nothing', async () => {
    const archive = await openArchive(path.join(home, 'archive'))
    const writer = await archive.writer()
    await write(writer, randomBytes(20 * MB))
    await writer.discard()
    expect(readdirSync(path.join(archive.folder, 'work'))).toEqual([])
  })

  it('for which the disk is too small is refused as that, and leaves nothing', async (context) => {
    const disk = mountSmallDisk(24 * 1024)
    if (disk === undefined) return context.skip(mayNotMount)
    try {
      const archive = await openArchive(path.join(disk.folder, 'archive'))
      const writer = await archive.writer()
      await expect(write(writer, randomBytes(40 * MB))).rejects.toMatchObject({ code: 'DISK-FULL' })
      await writer.discard()
      const roomy = await archive.writer(40 * MB)
      await expect(fill(roomy, randomBytes(40 * MB), 255 * 1024)).rejects.toMatchObject({ code: 'DISK-FULL' })
      await roomy.discard()
      expect(readdirSync(path.join(archive.folder, 'work'))).toEqual([])
      const last = await archive.writer()
      // Of what is taken last the thread learns when the file is to be kept.
      await write(last, randomBytes(24.5 * MB))
      await expect(last.keep()).rejects.toMatchObject({ code: 'DISK-FULL' })
      expect(readdirSync(path.join(archive.folder, 'work'))).toEqual([])
    } finally {
      disk.stop()
    }
  })
})
