import { ux } from '@oclif/core'
import type { AcknowledgedFile } from '../../app/edi/acknowledge-file.js'
import { printable } from './printable.js'

const results: Readonly<Record<string, string>> = {
  A: 'accepted',
  E: 'accepted, errors noted',
  P: 'partially accepted',
  R: 'rejected',
}
const said = (code: string): string =>
  ux.colorize(code === 'A' ? 'green' : code === 'E' ? 'yellow' : 'redBright', results[code] ?? code)

/** What was said of each interchange, group and set. */
export function ackText({ interchanges }: AcknowledgedFile['report']): string {
  return interchanges
    .flatMap(({ control, sender, code, groups, answer }) => [
      `Interchange ${printable(control)} from ${printable(sender)}: ${answer === undefined ? 'not answered' : said(code)}`,
      ...groups.flatMap((group) => [
        `  Group ${printable(group.functionalId)} ${printable(group.control)}: ${said(group.code)}, ${group.counts.accepted} of ${group.counts.received} sets`,
        ...group.sets
          .filter(({ findings }) => findings.length > 0)
          .flatMap((set) => [
            `    ${printable(set.set)} ${printable(set.control)}: ${said(set.code)}`,
            ...set.findings.map(
              ({ segment = '', element, line, message, standardCode }) =>
                `      ${segment}${element === undefined ? '' : String(element).padStart(2, '0')} line ${line}: ${printable(message)} (${standardCode})`,
            ),
          ]),
      ]),
    ])
    .join('\n')
}
