import { ux } from '@oclif/core'
import type { ApproveOutcome } from '../../app/xref/approve-suggestions.js'
import type { ReferenceImportOutcome } from '../../app/xref/import-references.js'
import type { ReferenceHistory, ReferenceListing } from '../../app/xref/list-references.js'
import type { WaitingFile } from '../../app/xref/second-person.js'
import type { SuggestOutcome } from '../../app/xref/suggest-references.js'
import { localTime } from './local-time.js'
import { printable } from './printable.js'
import { table } from './table.js'

export const referencesTable = (references: readonly ReferenceListing[]): string =>
  table(references, [
    { title: 'Id', value: ({ id }) => id },
    { title: 'Kind', value: ({ kind }) => kind },
    { title: 'Of', value: ({ partner }) => partner || 'everybody' },
    { title: 'Type', value: ({ type }) => type },
    { title: 'Identifier', value: ({ identifier }) => identifier, width: 30 },
    {
      title: 'In the ERP',
      value: ({ kind, item, company, factor, target }) =>
        printable(
          kind === 'unit'
            ? `${factor} ${target} of item ${item}`
            : `${target}${company === '' ? '' : ` (company ${company})`}`,
        ),
      width: 40,
    },
    { title: 'From', value: ({ effectiveFrom }) => effectiveFrom ?? '' },
    { title: 'To', value: ({ effectiveTo }) => effectiveTo ?? '' },
    {
      title: 'By',
      value: ({ madeBy, agreedBy, withdrawnBy }) =>
        printable(
          `${madeBy}${agreedBy === null ? '' : ` and ${agreedBy}`}${withdrawnBy === null ? '' : `; withdrawn by ${withdrawnBy}`}`,
        ),
      width: 40,
    },
    { title: 'Out of', value: ({ source }) => source, width: 30 },
  ])

/** The bytes are told by their first eight digits, since names repeat. */
export const waitingTable = (files: readonly WaitingFile[], timezone: string): string =>
  table(files, [
    { title: 'File', value: ({ file }) => file, width: 40 },
    { title: 'SHA-256', value: ({ sha256 }) => sha256.slice(0, 8) },
    { title: 'Proposed by', value: ({ person }) => person, width: 30 },
    { title: 'On', value: ({ at }) => localTime(at, timezone) },
    { title: 'Why', value: ({ note }) => note, width: 40 },
  ])

/** So many refused rows are printed; --json has all. */
const SHOWN = 50

/** Refused rows first, each with its place; then how many came to what. */
export function referencesImportedText({ file, rows, counts, proposedBy, dryRun }: ReferenceImportOutcome): string {
  const refused = rows.filter(({ outcome }) => outcome === 'refused')
  const agreed = proposedBy !== null && counts.made + counts.changed > 0
  const sums = Object.entries(counts).flatMap(([what, many]) => (many > 0 ? [`${many} ${what}`] : []))
  return [
    ...refused
      .slice(0, SHOWN)
      .flatMap(({ line, said, problems }) =>
        (problems.length === 0
          ? [`${printable(file)}:${line}: ${said}`]
          : problems.map((one) => `${printable(file)}:${line}${place(one)}: ${one.said}`)
        ).map((text) => `${ux.colorize('red', 'refused')}  ${printable(text)}`),
      ),
    ...(refused.length > SHOWN ? [`... and ${refused.length - SHOWN} more rows were refused`] : []),
    `${printable(file)}: ${sums.join(', ') || 'no row'}${agreed ? `, as ${printable(proposedBy)} proposed` : ''}${dryRun ? ' (dry run: nothing was kept)' : ''}`,
    ...(counts.proposed === 0
      ? []
      : ['Nothing of it holds yet: it does when another person who may gives the same file to matchbook xref import.']),
  ].join('\n')
}

const place = ({ column, place }: { readonly column: string; readonly place: number | null }): string =>
  place === null ? `, ${column} (no such column in the file)` : `, column ${place} (${column})`

export const referenceHistoryText = ({ references, changes }: ReferenceHistory, timezone: string): string =>
  [
    ...references.map(
      ({ id, said, madeBy, agreedBy, withdrawnBy }) =>
        `${id}  ${printable(said)}, by ${printable(madeBy)}${agreedBy === null ? '' : ` and ${printable(agreedBy)}`}${withdrawnBy === null ? '' : ` (withdrawn by ${printable(withdrawnBy)})`}`,
    ),
    '',
    ...changes.map(
      ({ at, actor, action, reference, said, note, source }) =>
        `${localTime(at, timezone)}  ${reference}  ${action} by ${printable(actor)} (${printable(source)}): ${printable(said)}${note === '' ? '' : `. ${printable(note)}`}`,
    ),
  ].join('\n')

/** Each suggestion with its reasons, surest first. */
export function suggestionsText({ suggestions, without, dryRun }: SuggestOutcome): string {
  const lines = suggestions.flatMap(
    ({ id, said, confidence, speaksFor, speaksAgainst, exceptions, state, proposedBy }) => [
      `${ux.colorize('bold', id)}  ${printable(said)}  ${ux.colorize(confidence >= 70 ? 'green' : 'yellow', `confidence ${confidence}`)}`,
      ...speaksFor.map((reason) => `  + ${printable(reason)}`),
      ...speaksAgainst.map((reason) => `  ${ux.colorize('red', '-')} ${printable(reason)}`),
      `  ${exceptions.join(', ')}${state === 'proposed' ? `; proposed by ${printable(proposedBy ?? '')}, another person must agree` : ''}`,
    ],
  )
  return [
    ...lines,
    ...(without.length === 0 ? [] : [`Nothing sure enough was found for ${without.map(printable).join(', ')}`]),
    suggestions.length === 0
      ? 'Nothing to suggest.'
      : dryRun
        ? '(dry run: none is kept to be approved)'
        : 'Approve with: matchbook xref approve ID --note TEXT',
  ].join('\n')
}

export const approvedText = ({ outcomes, dryRun }: ApproveOutcome): string =>
  [
    ...outcomes.map(({ suggestion, outcome, said, reference, exceptions }) => {
      const by = exceptions.length === 0 ? '' : `; decides ${exceptions.join(', ')}`
      return `${suggestion}  ${ux.colorize(outcome === 'refused' ? 'red' : 'green', outcome)}  ${reference === null ? '' : `${reference}: `}${printable(said)}${by}`
    }),
    ...(dryRun ? ['(dry run: nothing was kept)'] : []),
  ].join('\n')
