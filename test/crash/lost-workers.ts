import { seeded } from '../../src/simulate/prng.js'
import { endState } from '../e2e/finished-night.js'
import { Machine } from '../e2e/machine.js'
import { manyJobs, numbersOf } from '../e2e/many-jobs.js'
import { layOut } from '../e2e/shared-state.js'
import { startPostgres } from '../servers/postgres.js'

export interface LostWorkers {
  readonly workers: number
  readonly jobs: number
  readonly files: number
  /** Times that something goes wrong. */
  readonly kills: number
  readonly seed: number
  say(line: string): void
}

/** Seconds. */
const LEASE = 3

/**
 * Workers share what is due while, at random, one of them is lost with all it has begun and replaced, falls silent for longer than its
 * leases last and wakes up again, or PostgreSQL goes down at once. Then everything is as one undisturbed worker leaves it.
 * @returns how many things are different
 */
export async function lostWorkers({ workers, jobs, files, kills, seed, say }: LostWorkers): Promise<number> {
  const server = startPostgres()
  const random = seeded(seed)
  const places = [server.place({ leaseSeconds: LEASE }), server.place({ leaseSeconds: LEASE })] as const
  const [calm, rough] = await Promise.all(places.map((place) => manyJobs(place, jobs, files)))
  if (calm === undefined || rough === undefined) throw new Error('there is no workspace')
  try {
    say(`seed ${seed}: ${jobs} jobs with ${files} files each`)
    let begun = performance.now()
    await ended([new Machine(calm.folder)])
    say(`one worker, undisturbed: ${Math.round(performance.now() - begun)} ms`)

    begun = performance.now()
    const machines = Array.from({ length: workers }, () => new Machine(rough.folder))
    for (let n = 1; n <= kills && machines.some((one) => one.isUp); n++) {
      await new Promise((wake) => setTimeout(wake, random.between(300, 1800)))
      const at = random.between(0, machines.length - 1)
      const what = random.between(0, 9)
      if (what < 2) {
        server.restart()
        say(`${n}: PostgreSQL went down`)
      } else if (what < 5) {
        void machines[at]?.silence((LEASE + 2) * 1000)
        say(`${n}: worker ${at + 1} falls silent`)
      } else {
        await machines[at]?.lose()
        machines[at] = new Machine(rough.folder)
        say(`${n}: worker ${at + 1} was lost`)
      }
    }
    await ended(machines)
    say(`${workers} workers, disturbed: ${Math.round(performance.now() - begun)} ms`)

    const states: Record<string, readonly unknown[]>[] = []
    for (const [n, workspace] of [calm, rough].entries()) {
      await layOut(places[n] ?? '', workspace.folder)
      states.push({ ...endState(workspace.folder), 'control numbers': numbersOf(workspace) })
    }
    const [wanted, found] = states
    const different = Object.entries(wanted ?? {}).filter(
      ([part, things]) => JSON.stringify(things) !== JSON.stringify(found?.[part]),
    )
    for (const [part] of different) say(`other than with one worker: ${part}`)
    const count = jobs * files
    if (numbersOf(rough).join() !== Array.from({ length: count }, (_, n) => n + 1).join())
      say(`control numbers are not 1 to ${count}, each once`)
    say(different.length === 0 ? `The same: ${count} files, nothing lost, nothing doubled.` : 'Not the same.')
    return different.length
  } finally {
    for (const workspace of [calm, rough]) workspace.remove()
    server.stop()
  }
}

async function ended(machines: readonly Machine[]): Promise<void> {
  for (const machine of machines) {
    const exit = await machine.ended
    if (exit !== 0) throw new Error(`a worker ended with ${exit}: ${machine.said.slice(-5).join('\n')}`)
  }
}
