import { open } from 'node:fs/promises'
import { NotText } from './decode-text.js'

/** Why a file could not be copied. */
export interface Unreadable {
  readonly why: string
  readonly byteOffset: number
  /** Its end is missing. */
  readonly cut: boolean
}

/** What becomes of each piece of a file, and of what is left at its end. Both throw NotText. */
export interface TextOf {
  piece(bytes: Buffer): string
  rest(): string
}

/** Copies a file piece by piece as text in UTF-8, readable by its owner alone. */
export async function copyText(path: string, target: string, textOf: TextOf): Promise<Unreadable | undefined> {
  const source = await open(path, 'r')
  const copy = await open(target, 'w', 0o600)
  try {
    for await (const chunk of source.createReadStream({ highWaterMark: 1 << 20, autoClose: false }))
      await copy.appendFile(textOf.piece(chunk as Buffer))
    await copy.appendFile(textOf.rest())
    return undefined
  } catch (error) {
    if (!(error instanceof NotText)) throw error
    return { why: error.message, byteOffset: error.byteOffset, cut: error.cut }
  } finally {
    await copy.close()
    await source.close()
  }
}
