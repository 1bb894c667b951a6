import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ArchiveWriter } from '../../src/exchange/archive-writer.js'
import { openArchive } from '../../src/exchange/index.js'
import { writeInto } from '../../src/exchange/write-into.js'
import { mayNotMount, mountSmallDisk } from '../servers/small-disk.js'

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

describe('a large file', () => {
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
