import type { Writable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, validateFileName, type ZipFile } from 'yauzl'
import { printable, refuseName } from '../entry-name.js'
import { writeInto } from '../write-into.js'
import { Budget } from './budget.js'
import { Refused, refusal } from './refused.js'
import { kindOf, type UnwrapRules } from './unwrap-rules.js'

/** One file of a zip. */
export interface ZippedFile {
  readonly name: string
  /** Its bytes, which have been read once and are whole. */
  writeTo(sink: Writable): Promise<void>
}

/**
 * Goes through the files of a zip in their order, once all of it has been read and found good: names that stay inside, no link, no
 * archive within, nothing encrypted, sizes and checksums right, not too much.
 * @throws Refused; what `each` throws
 */
export async function unzip(
  file: string,
  size: number,
  rules: UnwrapRules,
  each: (zipped: ZippedFile) => Promise<void>,
): Promise<void> {
  let zip: ZipFile | undefined
  try {
    zip = await openPromise(file, { strictFileNames: true, autoClose: false })
    const entries = await good(zip, rules)
    const budget = new Budget(size, rules)
    for (const entry of entries) await read(zip, entry, async (bytes) => budget.spend(bytes.length))
    for (const entry of entries) {
      const opened = zip
      await each({
        name: entry.fileName.normalize('NFC'),
        writeTo: (sink) => read(opened, entry, (bytes) => writeInto(sink, bytes)),
      })
    }
  } catch (error) {
    throw refusal('the zip cannot be used', error)
  } finally {
    zip?.close()
  }
}

/** The files of the zip, none of its bytes read yet. */
async function good(zip: ZipFile, rules: UnwrapRules): Promise<Entry[]> {
  if (zip.entryCount > rules.most) throw new Refused(`holds ${zip.entryCount} entries; ${rules.most} are allowed`)
  const entries: Entry[] = []
  const names = new Set<string>()
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName
    const refuse = (reason: string): Refused => new Refused(`holds ${printable(name)}: ${reason}`)
    const unsafe = validateFileName(name) ?? name.replace(/\/$/, '').split('/').map(refuseName).find(Boolean)
    if (typeof unsafe === 'string') throw refuse(unsafe)
    if (isLink(entry)) throw refuse('a link')
    if (name.endsWith('/')) continue
    if (entry.isEncrypted()) throw refuse('encrypted')
    if (kindOf(name) !== undefined) throw refuse('an archive within an archive')
    const plain = name.normalize('NFC')
    if (names.has(plain)) throw refuse('a second file of that name')
    names.add(plain)
    entries.push(entry)
  }
  if (entries.length === 0) throw new Refused('is a zip without files')
  return entries
}

/** Unix mode in the upper half of the external attributes (APPNOTE 4.4.2, 4.4.15). */
const isLink = ({ versionMadeBy, externalFileAttributes }: Entry): boolean =>
  versionMadeBy >> 8 === 3 && ((externalFileAttributes >>> 16) & 0o170000) === 0o120000

async function read(zip: ZipFile, entry: Entry, take: (bytes: Buffer) => Promise<void>): Promise<void> {
  const stream = await zip.openReadStreamPromise(entry)
  let checksum = 0
  for await (const bytes of stream) {
    checksum = crc32(bytes, checksum)
    await take(bytes)
  }
  if (checksum !== entry.crc32) throw new Refused(`holds ${entry.fileName}: its checksum is wrong`)
}
