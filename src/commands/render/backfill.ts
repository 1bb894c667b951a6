import { ux } from '@oclif/core'
import type { BackfillOutcome } from '../../app/replay/backfill.js'
import { count } from './money.js'
import { table } from './table.js'

export function backfillText({ job, runs, dryRun }: BackfillOutcome): string {
  return [
    ux.colorize(
      'bold',
      `${job}: ${count(runs.length, 'business day')} judged${dryRun ? ' (dry run, nothing was kept)' : ''}`,
    ),
    table(runs, [
      { title: 'As of', value: (run) => run.asOf },
      { title: 'Run', value: (run) => run.run },
      { title: 'Invoices', value: (run) => number(run.invoices?.judged.count), align: 'right' },
      { title: 'Clean', value: (run) => number(run.invoices?.clean.count), align: 'right' },
      { title: 'Held', value: (run) => number(run.invoices?.held.count), align: 'right' },
      { title: 'New', value: (run) => String(run.exceptions.raised), align: 'right' },
      { title: 'Open', value: (run) => String(run.exceptions.open), align: 'right' },
      { title: 'Gone', value: (run) => String(run.exceptions.healed), align: 'right' },
      { title: 'Could not be done', value: (run) => run.failures.map(({ message }) => message).join('; '), width: 70 },
    ]),
    ...(dryRun ? [] : ['', 'Nothing was loaded; the next run loads what is clean by the extracts it then has.']),
  ].join('\n')
}

const number = (value: number | undefined): string => (value === undefined ? '-' : String(value))
