import { type Random, seeded } from '../../src/simulate/prng.js'
import { differences, type FinishedNight } from '../e2e/finished-night.js'
import type { Ended } from '../e2e/matchbook.js'
import { RepeatedNight, steps } from './repeated-night.js'

export interface KilledNights {
  readonly kills: number
  /** Nights that go on at the same time, each with a server of its own. */
  readonly sideBySide: number
  /** The same seed kills in the same steps and after the same times; what a process has come to by then is chance. */
  readonly seed: number
  readonly say: (line: string) => void
}

/** A night that was done may end with 4: some files of the seeded one are meant to be quarantined. */
const ended = 4

/** Lives through nights until so many processes have been killed. @returns how many nights came to another end than an undisturbed one */
export async function killedNights({ kills, sideBySide, seed, say }: KilledNights): Promise<number> {
  const random = seeded(seed)
  const began = Date.now()
  const nights = await Promise.all(Array.from({ length: sideBySide }, () => RepeatedNight.lay()))
  const total = { nights: 0, steps: 0, random: 0, different: 0 }
  try {
    const [first] = nights
    if (first === undefined) return 0
    const start = Date.now()
    const whole = await first.run()
    if (whole.exit !== ended) throw new Error(`the undisturbed night ended with ${whole.exit}:\n${whole.stderr}`)
    const lasts = Date.now() - start
    const undisturbed = first.left()
    say(`An undisturbed night takes ${seconds(lasts)} s and comes to ${counted(undisturbed)}. Seed ${seed}.`)
    await Promise.all(nights.map((night) => liveThrough(night, lasts, undisturbed)))
  } finally {
    for (const night of nights) await night.stop()
  }
  const { different } = total
  say(
    `${total.steps + total.random} kills (${total.steps} as a step began, ${total.random} at random instants) in ${total.nights} nights, ${seconds(Date.now() - began)} s: ${
      different === 0 ? 'nothing lost, nothing doubled' : `${different} nights came to another end`
    }.`,
  )
  return different

  async function liveThrough(night: RepeatedNight, lasts: number, undisturbed: FinishedNight): Promise<void> {
    while (total.steps + total.random < kills) {
      night.again()
      const trouble = await oneNight(night, lasts)
      const wrong = [
        ...trouble,
        ...(night.isCutOff ? ['the night is still not done'] : differences(undisturbed, night.left())),
      ]
      total.nights += 1
      if (wrong.length > 0) {
        total.different += 1
        say(`night ${total.nights} is different:\n${wrong.slice(0, 20).join('\n')}`)
      }
      if (total.nights % 10 === 0)
        say(
          `${total.steps + total.random} kills in ${total.nights} nights, ${total.different} different, ${seconds(Date.now() - began)} s`,
        )
    }
  }

  /** Kills it one to four times, then lets it come to its end. @returns what a process said that ended otherwise than killed or done */
  async function oneNight(night: RepeatedNight, lasts: number): Promise<string[]> {
    for (let left = random.between(1, 4); left > 0; left -= 1) {
      const { kind, ended } = await killedOnce(night, lasts, random)
      if (ended.signal !== 'SIGKILL') return unexpected(ended)
      total[kind] += 1
      // The kill may have come when the night was done: then there is nothing to go on with.
      if (!night.isCutOff) return []
    }
    return unexpected(await night.run())
  }
}

async function killedOnce(
  night: RepeatedNight,
  lasts: number,
  random: Random,
): Promise<{ readonly kind: 'steps' | 'random'; readonly ended: Ended }> {
  if (random.chance(25)) return { kind: 'steps', ended: await night.killedIn(random.pick(steps)) }
  return { kind: 'random', ended: await night.run({ killAfter: random.below(lasts) }) }
}

const unexpected = ({ exit, signal, stderr }: Ended): string[] =>
  exit === ended ? [] : [`the process ended with ${signal ?? exit}: ${stderr.slice(-2000)}`]

const counted = (night: FinishedNight): string =>
  ['files', 'archive', 'documents', 'exceptions', 'loads', 'deliveries', 'acknowledgments']
    .map((part) => `${night[part]?.length ?? 0} ${part}`)
    .join(', ')

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1)
