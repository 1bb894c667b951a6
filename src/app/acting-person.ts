import { userInfo } from 'node:os'
import type { Tools } from './tools.js'

/** Who the audit chain names: the name given, or who is logged in here. */
export const actingPerson = (by: string | undefined, { host }: Pick<Tools, 'host'>): string =>
  by === undefined ? `${userInfo().username}@${host}` : `${by} (as ${userInfo().username}@${host})`
