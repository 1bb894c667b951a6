import { RepeatedNight } from './repeated-night.js'
import { callsOf, type Fault, systemCalls } from './strace.js'
import { type Came, faultAt, spread } from './system-calls.js'

export interface Sweep {
  /** Points tried of each call and fault; all of them where there are fewer. */
  readonly points: number
  readonly say: (line: string) => void
}

/** Lets each system call of a night that puts something down kill it, and fail for want of room. @returns how many nights came to another end */
export async function sweepSystemCalls({ points, say }: Sweep): Promise<number> {
  const night = await RepeatedNight.lay({ small: true })
  const total: Record<Came['of'], number> = { killed: 0, told: 0, unharmed: 0, 'broke off': 0 }
  let different = 0
  try {
    const calls = await callsOf(night)
    const undisturbed = await night.undisturbed()
    say(`A night makes ${systemCalls.map((call) => `${calls[call]} ${call}`).join(', ')}.`)
    for (const call of systemCalls) {
      for (const fault of ['signal=KILL', 'error=ENOSPC'] satisfies Fault[]) {
        for (const n of spread(calls[call], points)) {
          const came = await faultAt({ call, fault, n }, night, undisturbed)
          total[came.of] += 1
          if (came.differences.length > 0) different += 1
          const said = came.of === 'broke off' ? [came.ended.stderr.trim().split('\n').at(-1) ?? ''] : []
          say(
            [`${call} ${n} of ${calls[call]}, ${fault}: ${came.of}`, ...said, ...came.differences.slice(0, 20)].join(
              '\n  ',
            ),
          )
        }
      }
    }
  } finally {
    await night.stop()
  }
  const counts = Object.entries(total).map(([of, count]) => `${count} ${of}`)
  say(
    `${counts.join(', ')}: ${different === 0 ? 'nothing lost, nothing doubled' : `${different} nights came to another end`}.`,
  )
  return different
}
