import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { type ExceptionCode, exceptionCodes } from '../../src/canonical/index.js'
import { errorCatalogue } from '../../src/errors/index.js'
import { catalogue } from '../../src/exceptions/catalogue.js'
import { runbook } from '../../src/exceptions/runbook.js'
import { metricDefinitions } from '../../src/outputs/metrics/index.js'

const folder = path.join(import.meta.dirname, '..', '..', 'docs')

export const readPage = (name: string): string => readFileSync(path.join(folder, name), 'utf8')

/** The page in docs/ is the generated one; REGENERATE=1 rewrites it first. */
export function expectPage(name: string, generated: string): void {
  if (process.env.REGENERATE === '1') writeFileSync(path.join(folder, name), generated)
  expect(readPage(name), `docs/${name} is out of date: run REGENERATE=1 npx vitest run test/docs`).toBe(generated)
}

interface Family {
  readonly title: string
  readonly prefixes: readonly string[]
}

const families: readonly Family[] = [
  { title: 'Files', prefixes: ['FILE'] },
  { title: 'Acknowledgments of what we sent', prefixes: ['X12-ACK'] },
  { title: 'X12', prefixes: ['X12'] },
  { title: 'Extracts', prefixes: ['DATA'] },
  { title: 'Supplier invoices', prefixes: ['INV', 'GRNI'] },
  { title: 'Contract prices', prefixes: ['PRICE'] },
  { title: 'Field ownership', prefixes: ['OWN'] },
  { title: 'Cross-references', prefixes: ['XREF'] },
  { title: 'Item master', prefixes: ['ITEM'] },
  { title: 'Vendor master', prefixes: ['VENDOR'] },
  { title: 'Purchase orders, requisitions, payments', prefixes: ['PO', 'REQ', 'PAY'] },
  { title: 'PO acknowledgments', prefixes: ['ACK'] },
  { title: 'Usage and stock', prefixes: ['USE', 'STOCK'] },
  { title: 'Charges', prefixes: ['CHG'] },
  { title: 'Hours and ledger', prefixes: ['LAB', 'GL'] },
  { title: 'Loads', prefixes: ['LOAD'] },
]

/** The family whose prefix fits the code most closely. */
function familyOf(code: ExceptionCode): Family {
  const fitting = families
    .flatMap((family) => family.prefixes.map((prefix) => ({ family, prefix })))
    .filter(({ prefix }) => code === prefix || code.startsWith(`${prefix}-`))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0]
  if (fitting === undefined) throw new Error(`${code} belongs to no family of the page`)
  return fitting.family
}

/** docs/exception-codes.md, from the catalogue and the runbook. */
export function exceptionCodesPage(): string {
  return [
    '# Exception codes',
    '',
    'Written from the catalogue and the runbook; `matchbook explain CODE` shows the same, `matchbook explain EX-000017` with the numbers of',
    'one exception. Codes are permanent. Queue and hours are the defaults: `exceptions` in `matchbook.yaml` changes them by code, and the',
    "hours count in the working time of the queue's calendar.",
    '',
    'A decision is chosen in the Decision column of the workbook, or with `matchbook exceptions decide`; what it brings about is in',
    '[decisions in Excel](decisions-in-excel.md). A trouble that is gone from the data is healed by itself; what was found in an X12 file',
    'stays open, because its bytes do not change.',
    '',
    ...families.flatMap(section),
  ].join('\n')
}

function section(family: Family): string[] {
  const codes = exceptionCodes.filter((code) => familyOf(code) === family)
  return [
    `## ${family.title}`,
    '',
    '| code | raised when | queue | severity | hours |',
    '|---|---|---|---|---|',
    ...codes.map((code) => {
      const { queue, severity, slaHours, raisedWhen } = catalogue[code]
      return `| [${code}](#${code.toLowerCase()}) | ${raisedWhen} | ${queue} | ${severity} | ${slaHours ?? '-'} |`
    }),
    '',
    ...codes.flatMap(entry),
  ]
}

function entry(code: ExceptionCode): string[] {
  const { means, check, decisions } = runbook[code]
  const choices = Object.entries(decisions).map(([decision, says]) => `| \`${decision}\` | ${says} |`)
  return [
    `### ${code}`,
    '',
    means,
    '',
    ...check.map((step, n) => `${n + 1}. ${step}`),
    '',
    ...(choices.length === 0 ? ['Nothing is to be decided.'] : ['| decision | says |', '|---|---|', ...choices]),
    '',
  ]
}

/** docs/errors.md, from the error catalogue. */
export function errorsPage(): string {
  return [
    '# Error codes',
    '',
    'Written from the error catalogue. An error is what the operator must fix; bad data of a partner is never one of these but an',
    '[exception](exception-codes.md). Codes are permanent and stand in `error.code` under `--json`. The exit codes have',
    '[their own page](exit-codes.md).',
    '',
    '| code | what is so | what to do | exit |',
    '|---|---|---|---|',
    ...Object.entries(errorCatalogue).map(
      ([code, { title, hint, exit }]) => `| \`${code}\` | ${title} | ${hint} | ${exit} |`,
    ),
    '',
  ].join('\n')
}

/** docs/metrics.md, from the definitions of the measures. */
export function metricsPage(): string {
  return [
    '# Metrics',
    '',
    'Written from the definitions. `matchbook metrics` prints them in the text format of Prometheus, `--out FILE` replaces a file as a whole,',
    'and with `metrics: { file: /var/lib/node_exporter/matchbook.prom }` in `matchbook.yaml` each run does so at its end. The textfile',
    "collector of Prometheus' node exporter reads such files. With `--json` each value is exact decimal text.",
    '',
    'All are gauges: what is so at the time of writing. A measure that has nothing to say (no exception in a queue, nothing down) has no line.',
    'Names are permanent.',
    '',
    '| measure | unit | labels | means | source |',
    '|---|---|---|---|---|',
    ...Object.entries(metricDefinitions).map(
      ([name, { unit, labels, means, source }]) =>
        `| \`${name}\` | ${unit} | ${labels.join(', ')} | ${means} | ${source} |`,
    ),
    '',
    '## Alerts worth having',
    '',
    '| when | alert |',
    '|---|---|',
    '| `time() - matchbook_job_last_success_timestamp_seconds > 93600` | no night in 26 hours |',
    '| `matchbook_job_late == 1` | the schedule is not kept: is the daemon up? |',
    '| `matchbook_work{status="dead"} > 0` | something was given up by the workers: `matchbook work list` |',
    '| `matchbook_workers{status="gone"} > 0` | a worker died or cannot reach the store |',
    '| `matchbook_drops_late > 0` | a partner or the ERP has not delivered by its time |',
    '| `matchbook_charges_unposted > 0` | a facility has charges that its ledger does not show |',
    '| `matchbook_outbox_oldest_seconds > 14400` | nothing goes out to an endpoint for four hours |',
    '| `matchbook_exceptions_overdue > 0` | decisions are late |',
    '',
    'A file that is not replaced any more is itself a sign: alert on `node_textfile_mtime_seconds` of it as well.',
    '',
  ].join('\n')
}
