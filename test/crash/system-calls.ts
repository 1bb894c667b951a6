import type { Ended } from '../e2e/matchbook.js'
import type { RepeatedNight, Undisturbed } from './repeated-night.js'
import { type Fault, failing, oneThread, type SystemCall } from './strace.js'

/** The n-th call of a night that does not come back, or fails. */
export interface Point {
  readonly call: SystemCall
  readonly fault: Fault
  readonly n: number
}

/** What came of it. `unharmed`: the night had fewer such calls, or could do without. `told`: it said what is wrong with the disk. */
export interface Came {
  readonly of: 'killed' | 'told' | 'unharmed' | 'broke off'
  readonly ended: Ended
  /** From an undisturbed night, after it was started again. */
  readonly differences: readonly string[]
}

/** Lives through the night with one call failing, takes it up again if it did not get to its end, and compares. */
export async function faultAt(
  { call, fault, n }: Point,
  night: RepeatedNight,
  undisturbed: Undisturbed,
): Promise<Came> {
  night.again()
  const ended = await night.run({ under: failing(call, fault, n), env: oneThread })
  const of = night.isDone ? 'unharmed' : cameOf(ended)
  return { of, ended, differences: await night.differencesFrom(undisturbed) }
}

const cameOf = ({ signal, stderr }: Ended): Came['of'] =>
  signal === 'SIGKILL' ? 'killed' : /DISK-(FULL|FAILED)/.test(stderr) ? 'told' : 'broke off'

/** So many of the numbers from 1 to `last`, evenly spread, the first and the last among them; all where there are no more. */
export const spread = (last: number, most: number): number[] =>
  last <= most
    ? Array.from({ length: last }, (_, n) => n + 1)
    : Array.from({ length: most }, (_, n) => 1 + Math.round((n * (last - 1)) / Math.max(1, most - 1)))
