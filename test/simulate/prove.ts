import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { ExceptionList } from '../../src/app/exceptions/list-exceptions.js'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import type { SimulationTruth } from '../../src/simulate/index.js'
import { matchbook, matchbookJson } from '../e2e/matchbook.js'
import { against, type FoundIn } from './against.js'

const usage = `npm run test:prove -- [--seeds 1-5] [--layouts both,lawson,peoplesoft] [--lines 300] [--job all] [--fault NAME=RATE]

The built command makes nights (matchbook simulate), runs them, and every exception is held against truth.json: none missed, none beside
it, the same money at risk; then the same for what changes overnight. --fault as of matchbook simulate. Ends with 1 on any difference.`

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-5' },
    layouts: { type: 'string', default: 'both,lawson,peoplesoft' },
    lines: { type: 'string', default: '300' },
    job: { type: 'string', multiple: true, default: ['all'] },
    fault: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
})
const asOf = '2026-11-20'

if (values.help) console.log(usage)
else {
  let wrong = 0
  const [first = 1, last = first] = values.seeds.split('-').map(Number)
  for (const layout of values.layouts.split(','))
    for (let seed = first; seed <= last; seed++) wrong += await differences(layout, seed)
  console.log(wrong === 0 ? 'All is as the truth says.' : `${wrong} differences.`)
  process.exitCode = wrong === 0 ? 0 : 1
}

async function differences(layout: string, seed: number): Promise<number> {
  const base = mkdtempSync(path.join(tmpdir(), 'matchbook-prove-'))
  const folder = path.join(base, 'night')
  try {
    const wishes = [...values.job.flatMap((job) => ['--job', job]), ...values.fault.flatMap((one) => ['--fault', one])]
    const about = ['--seed', String(seed), '--layout', layout, '--lines', values.lines, '--as-of', asOf]
    const made = await matchbookJson<{ truth: SimulationTruth }>(['simulate', folder, ...about, ...wishes], {
      cwd: base,
    })
    const { truth } = made.json
    const began = Date.now()
    const tonight = await run(folder)
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    const found = await exceptions(folder, truth)
    const wrong = [...tonight, ...told(against(truth, found))]
    if (truth.next !== null) {
      cpSync(path.join(folder, 'next'), path.join(folder, 'drops'), { recursive: true })
      const known = new Set(found.map(({ fingerprint }) => fingerprint))
      wrong.push(...(await run(folder)))
      const fresh = (await exceptions(folder, truth)).filter(({ fingerprint }) => !known.has(fingerprint))
      wrong.push(...told(against(truth.next, fresh)))
    }
    const size = `${truth.lines} PO lines, ${truth.expected.length} exceptions, ${truth.spared.length} cases in order`
    console.log(
      `${layout}, seed ${seed}: ${size}, run in ${seconds} s: ${wrong.length === 0 ? 'as the truth says' : `${wrong.length} wrong`}`,
    )
    for (const line of wrong.slice(0, 20)) console.log(`  ${line}`)
    return wrong.length
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

/** A run that fails, for example because totals do not tie, has no summary. */
async function run(folder: string): Promise<string[]> {
  const ended = await matchbook(['run', '--all', '--as-of', asOf, '--json'], { cwd: folder })
  const { runs, error } = JSON.parse(ended.stdout) as Partial<RunOutcome> & { error?: { message: string } }
  if (runs === undefined) return [`run: ${error?.message ?? ended.stderr}`]
  return runs.flatMap(({ failures }) => failures.map(({ message }) => `run: ${message}`))
}

async function exceptions(cwd: string, { jobs }: SimulationTruth): Promise<FoundIn[]> {
  const all = []
  for (const job of jobs) {
    const { json } = await matchbookJson<ExceptionList>(['exceptions', 'list', '--job', job], { cwd })
    all.push(...json.exceptions.map((one) => ({ ...one, job })))
  }
  return all
}

function told(differing: ReturnType<typeof against>): string[] {
  return Object.entries(differing).flatMap(([kind, list]) => list.map((one) => `${kind}: ${JSON.stringify(one)}`))
}
