import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { waitingOutbox } from '../../src/state/index.js'
import { openState } from '../../src/state/open-state.js'
import { smallNight } from '../app/small-night.js'
import { invoices } from '../app/x12-workspace.js'
import { matchbook } from '../e2e/matchbook.js'
import { whyNoStrace } from './strace.js'
import { readTrace, safeSize, syncedAfter, type Traced, traced } from './trace.js'

const why = whyNoStrace()
const strace = (file: string): string[] => ['strace', '-f', '-y', '-qq', '-s', '0', '-e', traced, '-o', file]

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-power-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(why !== undefined)(`when the power fails${why === undefined ? '' : ` (${why})`}`, () => {
  const commits = 30

  /** Commits, is killed, and loses whatever the disk was not told to keep. @returns what the store still knows */
  async function keptOf(how: 'ours' | 'careless'): Promise<number> {
    const outfile = await built('committing-child')
    const state = path.join(folder, how)
    const trace = path.join(folder, `${how}.trace`)
    const [program = '', ...given] = [...strace(trace), process.execPath, outfile, state, String(commits), how]
    const child = spawn(program, given, { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise((resolve) => child.once('close', resolve))
    let said = ''
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString()
      if (said.includes(`committed ${commits}\n`)) process.kill(Number.parseInt(said, 10), 'SIGKILL')
    })
    await ended
    expect(said).toContain(`committed ${commits}\n`)
    rmSync(outfile)
    const wal = path.join(state, 'matchbook.db-wal')
    truncateSync(wal, safeSize(readTrace(trace), wal))
    rmSync(`${wal.slice(0, -3)}shm`)
    const store = await openState(state)
    const kept = await waitingOutbox(store.database)
    await store.close()
    return kept.length
  }

  it('many small files are safe, bytes and name, before anybody is told so', async () => {
    const outfile = await built('keeping-child')
    const file = path.join(folder, 'trace')
    const [program = '', ...given] = [...strace(file), process.execPath, outfile, folder]
    await new Promise((resolve) => spawn(program, given, { stdio: 'inherit' }).once('close', resolve))
    rmSync(outfile)
    const trace = readTrace(file)
    const work = path.join(folder, 'archive', 'work')
    const written = trace.findLast(
      ({ file, call }) => file.startsWith(path.join(work, 'together~')) && /write/.test(call),
    )
    if (written === undefined) throw new Error('nothing was written together')
    const synced = syncedAfter(trace, written.file, written.done) ?? Number.POSITIVE_INFINITY
    const told = trace.find((one) => one.file === path.join(folder, 'mark'))?.begun
    expect(syncedAfter(trace, work, synced)).toBeLessThan(told ?? 0)
  })

  it('every commit of which somebody was told is there: the log is cut at its last sync, and opened again', async () => {
    expect(await keptOf('ours')).toBe(commits)
    // What SQLite does by itself with a write-ahead log would lose them.
    expect(await keptOf('careless')).toBeLessThan(commits)
  })

  it('a file is ours for good, bytes, name and ledger, before its source is touched; what goes out, before it may appear', async () => {
    const workspace = await smallNight('{ acknowledge: "997", send-to: { endpoint: medsupply, folder: inbound } }')
    try {
      workspace.put('a.810', invoices(101))
      const file = path.join(folder, 'trace')
      const under = strace(file)
      const run = ['run', 'receipt-to-invoice', '--as-of', '2026-11-20']
      expect((await matchbook(run, { cwd: workspace.folder, under })).stderr).not.toContain('Error')
      const trace = readTrace(file)
      const state = path.join(workspace.folder, 'state')
      const wal = path.join(state, 'matchbook.db-wal')

      const archived = renamed(trace, ({ to }) => to.startsWith(path.join(state, 'archive', 'work', 'safe~')))
      const taken = renamed(trace, ({ file }) => file === path.join(workspace.drop, 'a.810'))
      expect(isCommittedBetween(trace, wal, safelyNamed(trace, archived, [state]), taken.begun)).toBe(true)

      const queued = renamed(trace, ({ to }) => to.startsWith(path.join(state, 'outbox')))
      const sent = renamed(trace, ({ to }) => to.startsWith(workspace.acknowledgments))
      expect(isCommittedBetween(trace, wal, safelyNamed(trace, queued, [state]), sent.begun)).toBe(true)
      const booked = trace.find((one) => one.file === wal && one.call === 'pwrite64' && one.begun > sent.done)
      expect(safelyNamed(trace, sent)).toBeLessThan(booked?.begun ?? 0)
    } finally {
      workspace.remove()
    }
  })
})

/** A child of these tests, bundled. */
async function built(name: string): Promise<string> {
  const cache = path.join(import.meta.dirname, '..', '..', 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const outfile = path.join(cache, `matchbook-${name}-${process.pid}.mjs`)
  const entryPoints = [path.join(import.meta.dirname, `${name}.ts`)]
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
  return outfile
}

type Renamed = Traced & { readonly to: string }

function renamed(trace: readonly Traced[], which: (one: Renamed) => boolean): Renamed {
  const found = trace.find(
    (one): one is Renamed => one.call === 'rename' && one.to !== undefined && which(one as Renamed),
  )
  if (found === undefined) throw new Error('the trace has no such rename')
  return found
}

/**
 * The line from which on a renamed file outlives a power failure: its bytes were synced before the rename, its folder after it, and so were
 * folders above that are new, up to one that is not.
 */
function safelyNamed(
  trace: readonly Traced[],
  { file, to, begun, done }: Renamed,
  upTo: readonly string[] = [],
): number {
  const written = trace.findLast(
    (one) => one.file === file && one.call !== 'rename' && one.call.includes('write') && one.begun < begun,
  )
  expect(syncedAfter(trace, file, written?.done ?? 0)).toBeLessThan(begun)
  const folders = [path.dirname(to)]
  for (const stop of upTo) while (folders.at(-1) !== stop) folders.push(path.dirname(folders.at(-1) ?? ''))
  const synced = folders.map((folder, above) =>
    above === 0
      ? syncedAfter(trace, folder, done)
      : trace.find((one) => one.call === 'fsync' && one.file === folder)?.done,
  )
  expect(synced).not.toContain(undefined)
  return Math.max(...synced.map((line) => line ?? 0))
}

/** Whether something was written into the store's log after a line, and synced, before another. */
function isCommittedBetween(trace: readonly Traced[], wal: string, after: number, before: number): boolean {
  const writes = trace.filter((one) => one.file === wal && one.call === 'pwrite64' && one.begun > after)
  return writes.some(({ done }) => (syncedAfter(trace, wal, done) ?? before) < before)
}
