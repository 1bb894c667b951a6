import type { Archive } from '../archive.js'
import type { ArchiveWriter } from '../archive-writer.js'
import { Budget } from './budget.js'
import { decrypt } from './decrypt.js'
import { gunzip } from './gunzip.js'
import { Refused } from './refused.js'
import { kindOf, nameInside, type UnwrapRules, type WrapperKind } from './unwrap-rules.js'
import type { Inner, Unwrapped } from './unwrapped.js'
import { unzip } from './unzip.js'

/** A wrapper as it lies on this machine. */
export interface Wrapper {
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly archivePath: string
}

/**
 * Takes what is in a wrapper into the archive, file by file; undefined when the name is none of a wrapper that is asked for.
 * A PGP message may hold one zip or gz; within those there is no further archive. Memory does not grow with the files.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY: trouble of this machine; what is wrong with the wrapper is a value
 */
export async function unwrap(wrapper: Wrapper, rules: UnwrapRules, archive: Archive): Promise<Unwrapped | undefined> {
  const kind = asked(wrapper.name, rules)
  if (kind === undefined) return undefined
  try {
    return { kind: 'files', ...(await filesIn(wrapper, kind, rules, archive)) }
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', reason: error.message }
    throw error
  }
}

const asked = (name: string, { kinds }: UnwrapRules): WrapperKind | undefined => {
  const kind = kindOf(name)
  return kinds.find((one) => one === kind)
}

type Contents = Pick<Extract<Unwrapped, { kind: 'files' }>, 'files' | 'others'>

async function filesIn(wrapper: Wrapper, kind: WrapperKind, rules: UnwrapRules, archive: Archive): Promise<Contents> {
  const { archivePath, size } = wrapper
  const name = nameInside(wrapper.name)
  if (kind === 'zip') return filesOfZip(wrapper, rules, archive)
  const writer = await archive.writer()
  try {
    const budget = new Budget(size, rules)
    if (kind === 'gz') {
      if (kindOf(name) !== undefined) throw new Refused(`holds ${name}: an archive within an archive`)
      await gunzip(archivePath, writer, budget)
      return { files: [await keep(writer, name)], others: [] }
    }
    if (rules.pgp === undefined) throw new Error('unwrap has pgp and no keys')
    await decrypt(archivePath, writer, budget, rules.pgp, rules.largest)
    const within = asked(name, rules)
    if (within === undefined || within === 'pgp') return { files: [await keep(writer, name)], others: [] }
    // Decrypted for a moment only: what is kept is what is in it.
    await writer.written()
    const inner = await filesIn({ name, size: writer.size, archivePath: writer.temporary }, within, rules, archive)
    await writer.discard()
    return inner
  } catch (error) {
    await writer.discard()
    throw error
  }
}

async function filesOfZip(zip: Wrapper, rules: UnwrapRules, archive: Archive): Promise<Contents> {
  const keeping: Promise<Inner>[] = []
  const others: string[] = []
  try {
    await unzip(zip.archivePath, zip.size, rules, async (zipped) => {
      if (rules.isAsked?.(zipped.name) === false) {
        others.push(zipped.name)
        return
      }
      const writer = await archive.writer()
      try {
        await zipped.writeTo(writer)
      } catch (error) {
        await writer.discard()
        throw error
      }
      const kept = keep(writer, zipped.name)
      // Looked at below.
      kept.catch(() => {})
      keeping.push(kept)
      await keeping[keeping.length - KEPT_BESIDE]
    })
    return { files: await Promise.all(keeping), others }
  } finally {
    await Promise.allSettled(keeping)
  }
}

/** So many files are being kept while the next one is taken out: the archive may be far away. */
const KEPT_BESIDE = 16

async function keep(writer: ArchiveWriter, name: string): Promise<Inner> {
  const { sha256, size, path: archivePath } = await writer.keep()
  return { name, sha256, size, archivePath }
}
