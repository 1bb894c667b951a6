import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DateTime } from 'luxon'
import { ExitCode } from '../../errors/index.js'
import { makeFolder } from '../../exchange/index.js'
import { startDemoServer } from '../compose.js'
import type { LogOptions } from '../logger.js'
import { grouped } from '../money-text.js'
import type { Progress } from '../progress.js'
import { runJobs } from '../run-jobs.js'
import type { RunSummary } from '../run-summary.js'
import { shippedFolder } from '../workspace/shipped.js'

export interface DemoRequest extends LogOptions {
  readonly folder: string
  readonly seed: number
  readonly progress: Progress
  say(text: string): void
}

export interface DemoOutcome {
  readonly folder: string
  readonly first: boolean
  readonly runs: readonly RunSummary[]
  readonly closing: string
  readonly exit: ExitCode
}

/** What the demo folder was made from; a second call takes up the same night. */
interface DemoNight {
  readonly seed: number
  readonly asOf: string
}

/**
 * A whole night on this machine: an SFTP server on loopback with suppliers' and ERPs' drops, and the nightly jobs over it through the
 * ordinary code path. The folder keeps everything; a second call shows that nothing is done twice.
 */
export async function demo(request: DemoRequest): Promise<DemoOutcome> {
  const folder = path.resolve(request.folder)
  const server = path.join(folder, 'sftp-server')
  const note = path.join(folder, 'demo.json')
  const first = !existsSync(note)
  await makeFolder(folder)
  const { demoWorkspace, simulateNight } = await import('../../simulate/index.js')
  if (first) {
    const night: DemoNight = { seed: request.seed, asOf: DateTime.now().toISODate() }
    request.say(`Laying out a night of Lakeside Health in ${folder} ...`)
    const truth = await simulateNight({ ...night, folder: server })
    request.say(
      `  ${grouped(truth.rows.po_line ?? 0)} PO lines, ${truth.invoices.length} invoices of three suppliers, extracts of two ERPs, ${truth.files.length} files, seed ${night.seed}`,
    )
    await writeFile(note, `${JSON.stringify(night, null, 2)}\n`)
  }
  const night = JSON.parse(await readFile(note, 'utf8')) as DemoNight
  const sftp = await startDemoServer(server, path.join(folder, 'keys'))
  request.say(`SFTP server on 127.0.0.1:${sftp.port}, host key ${sftp.fingerprint}`)
  try {
    await demoWorkspace({ ...sftp, folder, shippedFolder: shippedFolder() })
    const { runs, exit } = await runJobs({
      workspace: folder,
      jobs: [],
      all: true,
      dryRun: false,
      asOf: night.asOf,
      failOn: 'none',
      progress: request.progress,
      logLevel: request.logLevel,
      logFormat: request.logFormat,
    })
    // The demo plants files that belong in quarantine: a night that finds them all is a good one.
    const good = exit === ExitCode.partial && runs.every(({ failures }) => failures.length === 0)
    return { folder, first, runs, closing: closing(request.folder, first, runs), exit: good ? ExitCode.done : exit }
  } finally {
    await sftp.stop()
  }
}

/** How this program was called, so that what we print can be copied: from a checkout there is no `matchbook` on the path. */
function called(): string {
  const script = process.argv[1] ?? ''
  return path.basename(script) === 'run.js' ? `node ${path.relative(process.cwd(), script)}` : 'matchbook'
}

function closing(folder: string, first: boolean, runs: readonly RunSummary[]): string {
  const look = (command: string) => `  ${called()} ${command} --workspace ${folder}`
  const inside = ['Look inside:', look('status'), look('exceptions list'), look('explain EX-000072')].join('\n')
  if (first) return `Run it again: nothing will be taken, raised or pushed twice.\n${inside}`
  const twice = runs.some(
    ({ files, exceptions, loads }) => files.taken > 0 || exceptions.raised > 0 || loads.length > 0,
  )
  return twice
    ? `Something new was found since the last call; see above.\n${inside}`
    : `Nothing was taken, raised or pushed twice: 0 files taken, 0 exceptions raised, 0 loads made.\n${inside}`
}
