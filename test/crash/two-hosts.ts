import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../../src/simulate/prng.js'
import { differences, type FinishedNight } from '../e2e/finished-night.js'
import type { Ended } from '../e2e/matchbook.js'
import { RepeatedNight } from './repeated-night.js'

const jobs = ['receipt-to-invoice', 'carefirst'] as const
type Job = (typeof jobs)[number]

/** Why this machine cannot play two hosts; undefined where it can. */
export function whyNoHosts(): string | undefined {
  const { status } = spawnSync('unshare', ['--uts', 'true'])
  return status === 0 ? undefined : 'a process may not have a host name of its own here (it takes root)'
}

/** The process that is called has this host name, and the same process id. */
const onHost = (name: string): string[] => ['unshare', '--uts', 'sh', '-c', 'hostname "$0" && exec "$@"', name]

export interface TwoHosts {
  /** On both hosts together, about. */
  readonly kills: number
  readonly seed: number
}

export interface OnTwoHosts {
  readonly kills: number
  /** Calls that were told that the job is running on the other host. */
  readonly refused: number
  /** Two processes that worked on the same job at the same time, and whatever ended otherwise than killed, refused or done. */
  readonly trouble: readonly string[]
  readonly differences: readonly string[]
}

/** Two hosts work on one workspace and start the same and different jobs at once, again and again, killed at random. */
export async function twoHosts({ kills, seed }: TwoHosts): Promise<OnTwoHosts> {
  const random = seeded(seed)
  const night = await RepeatedNight.lay({ small: true, secondJob: 'carefirst' })
  const calls: { readonly job: Job; readonly ended: Ended }[] = []
  const call = async (host: string, job: Job, killAfter?: number): Promise<Ended> => {
    const ended = await night.run({ under: onHost(host), ...(killAfter === undefined ? {} : { killAfter }) }, job)
    calls.push({ job, ended })
    return ended
  }
  /** Ends both jobs, and lets each have one more night in which there is nothing to do: from then on nothing changes. */
  const toTheEnd = async (): Promise<void> => {
    for (const job of jobs) {
      for (let tries = 0; tries < 10 && !isDone(await call('night-a', job)); tries += 1) await sleep(200)
      await call('night-b', job)
    }
  }
  try {
    const start = performance.now()
    await toTheEnd()
    const lasts = (performance.now() - start) / 4
    const undisturbed = comparable(night.left())
    night.again()
    calls.length = 0
    await Promise.all(
      ['night-a', 'night-b'].map(async (host, other) => {
        for (let n = 0; n < kills / 2; n += 1) {
          // Now both the same job, now each another one.
          const job = jobs[(Math.floor(n / 2) + (n % 2) * other) % 2] ?? jobs[0]
          await call(host, job, random.between(Math.round(lasts / 8), Math.round(lasts)))
        }
      }),
    )
    await toTheEnd()
    const ends = calls.map(({ ended }) => ended)
    return {
      kills: ends.filter(({ signal }) => signal === 'SIGKILL').length,
      refused: ends.filter(({ exit }) => exit === RUNNING).length,
      trouble: [
        ...ends
          .filter((ended) => ended.signal !== 'SIGKILL' && ended.exit !== RUNNING && !isDone(ended))
          .map(({ exit, stderr }) => `ended with ${exit}: ${stderr.slice(-500)}`),
        ...together(calls),
      ],
      differences: differences(undisturbed, comparable(night.left())),
    }
  } finally {
    await night.stop()
  }
}

const RUNNING = 6
const isDone = ({ exit, stderr }: Ended): boolean => (exit === 0 || exit === 4) && !stderr.includes('Error ')

/** How many runs it took, and what each of them said, depends on who came first. */
function comparable(night: FinishedNight): FinishedNight {
  const { runs: _runs, steps: _steps, events: _events, 'audit entries': _said, ...rest } = night
  return rest
}

/** Processes that were at work on one job at the same time, by the instants of what they said. */
function together(calls: readonly { readonly job: Job; readonly ended: Ended }[]): string[] {
  const atWork = calls.flatMap(({ job, ended }) => {
    const times = [...ended.stderr.matchAll(/"time":"([^"]+)"[^\n]*"step":/g)].map(([, time = '']) => time)
    const [first, last] = [times[0], times.at(-1)]
    return first === undefined || last === undefined ? [] : [{ job, first, last }]
  })
  return atWork.flatMap((one, n) =>
    atWork
      .slice(n + 1)
      .filter((other) => other.job === one.job && other.first <= one.last && one.first <= other.last)
      .map((other) => `two at work on ${one.job}: ${one.first} to ${one.last}, ${other.first} to ${other.last}`),
  )
}
