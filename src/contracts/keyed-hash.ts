import { createHash } from 'node:crypto'
import type { SetEngine } from '../canonical/index.js'
import type { ExtractContract } from '../config/extract-contract.js'

/** Block of SHA-256, in bytes. */
const BLOCK = 64
/** Hexadecimal digits that are kept: 128 bits, half of the whole as RFC 2104 section 5 allows, so that people can still read it. */
const DIGITS = 32

/** The transform in SQL over a text; NULL of NULL. The engine must know the key (useIdentityKey). */
export const keyedHashSql = (text: string): string => `keyed_hash(${text})`

/** Whether a contract turns an identity into a keyed hash, and so needs the key. */
export const needsIdentityKey = ({ projections }: Pick<ExtractContract, 'projections'>): boolean =>
  projections.some(({ map }) =>
    Object.values(map).some(
      (source) => typeof source === 'object' && 'transform' in source && source.transform.includes('keyed-hash'),
    ),
  )

/**
 * Lets the engine compute HMAC-SHA-256 (RFC 2104) of whole columns at once. The pads of the key live in a macro, so that no later
 * statement, which an error may quote, holds them.
 */
export async function useIdentityKey(engine: SetEngine, key: string): Promise<void> {
  const bytes = Buffer.from(key, 'utf8')
  const block = Buffer.alloc(BLOCK)
  ;(bytes.length > BLOCK ? createHash('sha256').update(bytes).digest() : bytes).copy(block)
  const pad = (byte: number): string => `unhex('${Buffer.from(block.map((own) => own ^ byte)).toString('hex')}')`
  try {
    await engine.run(
      `CREATE OR REPLACE MACRO keyed_hash(identity) AS left(sha256(${pad(0x5c)} || unhex(sha256(${pad(0x36)} || encode(identity)))), ${DIGITS})`,
    )
  } catch {
    // What DuckDB says quotes the statement, and with it the key.
    throw new Error('the engine could not be given the key of the privacy settings')
  }
}
