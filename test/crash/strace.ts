import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { RepeatedNight } from './repeated-night.js'

/** By which a night puts down what it has done. */
export const systemCalls = [
  'pwrite64',
  'write',
  'fsync',
  'fdatasync',
  'rename',
  'unlink',
  'ftruncate',
  'openat',
] as const
export type SystemCall = (typeof systemCalls)[number]

/** The process dies before the call is made; or the call fails once, as on a full disk. */
export type Fault = 'signal=KILL' | 'error=ENOSPC'

/** Why processes cannot be traced here; undefined where they can. */
export function whyNoStrace(): string | undefined {
  const { error, status, stderr } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], {
    encoding: 'utf8',
  })
  if (error !== undefined) return 'strace is not installed (apt-get install -y --no-install-recommends strace)'
  return status === 0 ? undefined : `processes may not be traced here: ${stderr.trim()}`
}

/** strace counts the calls of each thread by itself: with one thread for the file system, one counter holds nearly all of them. */
export const oneThread = { UV_THREADPOOL_SIZE: '1' } as const

/** Not by --seccomp-bpf, which is faster: strace 6.1 then misses to inject into some calls. */
const under = (...how: readonly string[]): string[] => ['strace', '-f', '-qq', ...how]

/** How often a night makes each of the calls, in the thread that makes it most often. */
export async function callsOf(night: RepeatedNight): Promise<Record<SystemCall, number>> {
  const trace = path.join(night.folder, 'trace')
  await night.run({ under: under('-o', trace, '-e', `trace=${systemCalls.join()}`), env: oneThread })
  const counts = new Map<string, number>()
  for (const [, thread, call] of readFileSync(trace, 'utf8').matchAll(/^(\d+) +(\w+)\(/gm))
    counts.set(`${call} ${thread}`, (counts.get(`${call} ${thread}`) ?? 0) + 1)
  const most = (call: SystemCall): number =>
    Math.max(0, ...[...counts].filter(([key]) => key.startsWith(`${call} `)).map(([, count]) => count))
  return Object.fromEntries(systemCalls.map((call) => [call, most(call)])) as Record<SystemCall, number>
}

/** What makes the n-th of these calls fail, for `CallOptions.under`. */
export const failing = (call: SystemCall, fault: Fault, n: number): string[] =>
  under('-o', '/dev/null', '-e', `trace=${call}`, '-e', `inject=${call}:${fault}:when=${n}`)
