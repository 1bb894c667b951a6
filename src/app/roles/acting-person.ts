import type { Tools } from '../tools.js'
import { loginName } from './os-identity.js'

/** Who acts: the name given, or who is logged in here. */
export const personOf = (by: string | undefined): string => by ?? loginName()

/** The same as the audit chain names it. */
export const actingPerson = (by: string | undefined, { host }: Pick<Tools, 'host'>): string =>
  by === undefined ? `${loginName()}@${host}` : `${by} (as ${loginName()}@${host})`
