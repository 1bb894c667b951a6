import { ux } from '@oclif/core'
import type { FileListing } from '../../app/files/list-files.js'
import type { QuarantinedFile } from '../../app/quarantine/quarantine.js'
import type { QuarantineOutcome } from '../../app/quarantine/quarantine-decide.js'
import { hexDump } from './hex-dump.js'
import { localTime } from './local-time.js'
import { count } from './money.js'
import { printable } from './printable.js'
import { table } from './table.js'

export const quarantineTable = (files: readonly FileListing[], timezone: string): string =>
  table(files, [
    { title: 'No.', value: (file) => String(file.id), align: 'right' },
    { title: 'Name', value: (file) => file.name, width: 44 },
    { title: 'From', value: (file) => file.partner ?? file.endpoint },
    { title: 'Input', value: (file) => file.input },
    { title: 'Bytes', value: (file) => String(file.size), align: 'right' },
    { title: 'Taken', value: (file) => localTime(file.takenAt, timezone) },
    { title: 'Is', value: (file) => file.disposition },
    { title: 'Reason', value: (file) => file.reason ?? '', width: 90 },
  ])

/** So many faults are shown with their bytes; --json has all. */
const SHOWN = 10

export function quarantinedText(file: QuarantinedFile, timezone: string): string {
  const { findings } = file
  return [
    `${ux.colorize('bold', `${printable(file.name)} (no. ${file.id})`)}: ${file.disposition}${file.reason === null ? '' : `, ${printable(file.reason)}`}`,
    `  from      ${file.endpoint}:${printable(file.folder)}${file.partner === null ? '' : `, partner ${file.partner}`}; job ${file.job}, input ${file.input}`,
    `  taken     ${localTime(file.takenAt, timezone)} by run ${file.run ?? '-'}, ${file.size} bytes`,
    `  sha-256   ${file.sha256}`,
    `  archived  ${file.archived}`,
    ...(file.withheld === null ? [] : [`  No bytes are shown: ${file.withheld}.`]),
    '',
    ...(findings.length === 0 ? ['No single finding stands against it; the reason above is all there is.'] : []),
    ...findings
      .slice(0, SHOWN)
      .flatMap(({ code, message, bytes }) => [
        `${ux.colorize('yellow', code)} ${printable(message)}`,
        ...bytes.flatMap((piece, n) => [...(n === 0 ? [] : ['       ...']), ...hexDump(piece)]),
        '',
      ]),
    ...(findings.length > SHOWN
      ? [`... and ${count(findings.length - SHOWN, 'finding')} more; --json has all.`, '']
      : []),
    ...(file.disposition === 'quarantined'
      ? [
          `Mended on this side: matchbook quarantine release ${file.id}`,
          `Not wanted:          matchbook quarantine discard ${file.id} --reason "..."`,
        ]
      : []),
  ].join('\n')
}

export function decidedText(what: 'released' | 'discarded', { file, done, dryRun, said }: QuarantineOutcome): string {
  const name = `${printable(file.name)} (no. ${file.id})`
  if (!done) return `${name}: nothing to do. ${printable(said)}`
  return `${name} ${dryRun ? `would be ${what} (dry run)` : `is ${what}`}. ${printable(said)}`
}
