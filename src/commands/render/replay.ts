import { ux } from '@oclif/core'
import type { ReplayOutcome } from '../../app/replay/replay.js'
import { count } from './money.js'
import { printable } from './printable.js'
import { summaryText } from './summary.js'
import { table } from './table.js'

export function replayText({ files, left, run, rulesOf, dryRun }: ReplayOutcome): string {
  const title = `${count(files.length, 'file')} read again from the archive${rulesOf === null ? '' : `, by the rules of run ${rulesOf}`}${dryRun ? ' (dry run)' : ''}`
  return [
    ux.colorize('bold', title),
    table(files, [
      { title: 'No.', value: (file) => String(file.id), align: 'right' },
      { title: 'Name', value: (file) => file.name, width: 44 },
      { title: 'Was', value: (file) => file.before },
      {
        title: 'Is',
        value: (file) => file.after,
        colour: (file) => (file.after === 'quarantined' ? 'yellow' : undefined),
      },
      { title: 'Read anew', value: (file) => String(file.readAnew), align: 'right' },
      { title: 'Loaded, kept', value: (file) => String(file.keptLoaded), align: 'right' },
      { title: 'Reason', value: (file) => file.reason ?? '', width: 70 },
    ]),
    ...(left.length === 0
      ? []
      : [
          '',
          'Not read again',
          ...left.map(({ id, name, why }) => `  ${printable(name)} (no. ${id}) ${printable(why)}`),
        ]),
    '',
    summaryText(run),
  ].join('\n')
}
