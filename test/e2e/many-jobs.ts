import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { openState, type StatePlace } from '../../src/state/open-state.js'
import type { PostgresPlace } from '../../src/state/postgres/postgres-place.js'
import { edit, smallNight } from '../app/small-night.js'
import { invoices, type X12Workspace } from '../app/x12-workspace.js'
import { matchbook } from './matchbook.js'
import { keepIn } from './shared-state.js'

/** A partner that sends files, its endpoint and its folder among the suppliers. */
export const nameOfPartner = (n: number): string => (n === 1 ? 'medsupply' : `medsupply-${n}`)

/**
 * A workspace with several jobs, each of which takes files of its own from a partner, all from the same one unless there are several,
 * answers them with 997s, and is due once. Its store is one that machines share, where a place is given.
 */
export async function manyJobs(
  place: PostgresPlace | undefined,
  jobs: number,
  files: number,
  partners = 1,
): Promise<X12Workspace> {
  const workspace = await smallNight(
    '{ acknowledge: "997", sequence: gaps-allowed, send-to: { endpoint: medsupply, folder: inbound } }',
  )
  const { folder } = workspace
  // Half a day away from now, so that no second one comes while the test runs.
  const hour = (new Date().getUTCHours() + 12) % 24
  const template = path.join(folder, 'jobs', 'receipt-to-invoice.yaml')
  const text = readFileSync(template, 'utf8')
  rmSync(template)
  for (let n = 1; n <= jobs; n++) {
    const job = `site-${n}`
    const p = ((n - 1) % partners) + 1
    const made = text
      .replaceAll('medsupply', nameOfPartner(p))
      .replace('job: receipt-to-invoice', `job: ${job}`)
      .replace('matcher: three-way\n', (line) => `${line}schedule: { cron: "0 ${hour} * * *", timezone: UTC }\n`)
      // What two jobs take from one place they have in common, and who comes first has more of it.
      .replaceAll('folder: outbound', `folder: outbound-${n}`)
      .replaceAll('folder: lawson', `folder: lawson-${n}`)
      .replaceAll('folder: peoplesoft', `folder: peoplesoft-${n}`)
    writeFileSync(path.join(folder, 'jobs', `${job}.yaml`), made)
    const drops = path.join(folder, 'drops')
    const drop = path.join(drops, 'suppliers', nameOfPartner(p), `outbound-${n}`)
    for (const place of [
      drop,
      path.join(drops, 'suppliers', 'orthotech', `outbound-${n}`),
      path.join(drops, 'erp', `lawson-${n}`, 'extracts'),
      path.join(drops, 'erp', `peoplesoft-${n}`, 'extracts'),
    ])
      mkdirSync(place, { recursive: true })
    for (let f = 1; f <= files; f++) {
      const sender = { qualifier: '01', id: idOf(p) }
      writeFileSync(path.join(drop, `${n}-${f}.810`), invoices(n * 1000 + f, p === 1 ? {} : { sender }))
    }
  }
  for (let p = 2; p <= partners; p++) {
    mkdirSync(path.join(folder, 'drops', 'suppliers', nameOfPartner(p), 'inbound'), { recursive: true })
    edit(workspace, 'matchbook.yaml', (yaml) =>
      yaml
        .replace(/^ {2}medsupply: \{.*\n/m, (line) => line + line.replaceAll('medsupply', nameOfPartner(p)))
        .replace(
          /^ {2}medsupply:\n(?: {4}.*\n)+/m,
          (block) => block + block.replaceAll('medsupply', nameOfPartner(p)).replace('054321987', idOf(p)),
        ),
    )
  }
  edit(workspace, 'matchbook.yaml', (yaml) => `${yaml}\nschedule: { at-once: 1, retry-seconds: 1 }\n`)
  if (place !== undefined) keepIn(place, folder)
  await owe(place ?? path.join(folder, 'state'), folder)
  return workspace
}

const idOf = (p: number): string => `06432198${p}`

/** Makes the schedules a day older than they are: what would have come since is due. */
export async function owe(place: StatePlace, folder: string): Promise<void> {
  const seen = await matchbook(['status'], { cwd: folder })
  if (seen.exit !== 0) throw new Error(seen.stderr)
  const state = await openState(place)
  const yesterday = new Date(Date.now() - 86_400_000).toISOString()
  await sql`UPDATE schedules SET since = ${yesterday}`.execute(state.database)
  await state.close()
}

/** Control numbers of the 997s that the partner found, in order. */
export const numbersOf = (workspace: X12Workspace): number[] =>
  workspace
    .answers()
    .map(([, text]) => Number(/^ISA(?:\*[^*]*){12}\*(\d{9})/.exec(text)?.[1]))
    .sort((a, b) => a - b)
