import { type Random, seeded } from '../../src/simulate/prng.js'
import type { FinishedNight } from '../e2e/finished-night.js'
import type { Ended } from '../e2e/matchbook.js'
import { RepeatedNight, steps, type Undisturbed } from './repeated-night.js'

export interface KilledNights {
  readonly kills: number
  /** Nights that go on at the same time, each with a server of its own. */
  readonly sideBySide: number
  /** The same seed kills in the same steps and after the same times; what a process has come to by then is chance. */
  readonly seed: number
  readonly say: (line: string) => void
}

/** Lives through nights until so many processes have been killed. @returns how many nights came to another end than an undisturbed one */
export async function killedNights({ kills, sideBySide, seed, say }: KilledNights): Promise<number> {
  const random = seeded(seed)
  const began = performance.now()
  const nights = await Promise.all(Array.from({ length: sideBySide }, () => RepeatedNight.lay()))
  const total = { nights: 0, steps: 0, random: 0, different: 0 }
  try {
    const [first] = nights
    if (first === undefined) return 0
    const undisturbed = await first.undisturbed()
    const { left, milliseconds } = undisturbed
    say(`An undisturbed night takes ${seconds(milliseconds)} s and comes to ${counted(left)}. Seed ${seed}.`)
    await Promise.all(nights.map((night) => liveThrough(night, undisturbed)))
  } finally {
    for (const night of nights) await night.stop()
  }
  const { different } = total
  const end = different === 0 ? 'nothing lost, nothing doubled' : `${different} nights came to another end`
  say(`${killed()} (${total.steps} as a step began, ${total.random} at random instants): ${end}.`)
  return different

  function killed(): string {
    return `${total.steps + total.random} kills in ${total.nights} nights, ${seconds(performance.now() - began)} s`
  }

  async function liveThrough(night: RepeatedNight, undisturbed: Undisturbed): Promise<void> {
    while (total.steps + total.random < kills) {
      night.again()
      await killSomeTimes(night, undisturbed.milliseconds)
      const wrong = await night.differencesFrom(undisturbed)
      total.nights += 1
      if (wrong.length > 0) {
        total.different += 1
        say(`night ${total.nights} is different:\n${wrong.slice(0, 20).join('\n')}`)
      }
      if (total.nights % 10 === 0) say(`${killed()}, ${total.different} different`)
    }
  }

  /** One to four times; the kill may come when the night is done, and then there is nothing to go on with. */
  async function killSomeTimes(night: RepeatedNight, lasts: number): Promise<void> {
    for (let left = random.between(1, 4); left > 0; left -= 1) {
      const { kind, ended } = await killedOnce(night, lasts, random)
      if (ended.signal === 'SIGKILL') total[kind] += 1
      if (ended.signal !== 'SIGKILL' || !night.isCutOff) return
    }
  }
}

async function killedOnce(
  night: RepeatedNight,
  lasts: number,
  random: Random,
): Promise<{ readonly kind: 'steps' | 'random'; readonly ended: Ended }> {
  if (random.chance(25)) return { kind: 'steps', ended: await night.killedIn(random.pick(steps)) }
  return { kind: 'random', ended: await night.run({ killAfter: random.below(Math.round(lasts)) }) }
}

const counted = (night: FinishedNight): string =>
  ['files', 'archive', 'documents', 'exceptions', 'loads', 'deliveries', 'acknowledgments']
    .map((part) => `${night[part]?.length ?? 0} ${part}`)
    .join(', ')

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1)
