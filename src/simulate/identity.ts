import { createHmac } from 'node:crypto'
import type { Ledger } from './ledger.js'

/** What an identity becomes when its file is read: HMAC-SHA-256 under the key of the workspace, 32 digits (contracts/keyed-hash.ts). */
export const identityOf = ({ identityKey }: Ledger, identity: string): string =>
  createHmac('sha256', identityKey).update(identity).digest('hex').slice(0, 32)
