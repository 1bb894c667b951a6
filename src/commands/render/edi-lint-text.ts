import { ux } from '@oclif/core'
import type { LintFinding, LintResult } from '../../app/edi/lint-finding.js'
import { count } from './money.js'
import { printable } from './printable.js'

/** Findings under their file and transaction set, as they come; at most `limit` of them. */
export function textWriter(say: (text: string) => void, limit: number) {
  const width = process.stdout.columns ?? 100
  let last = { file: '', group: '' }
  let seen = 0
  return {
    one: (finding: LintFinding, file: string): void => {
      if (++seen > limit) return
      const group = lintGroup(finding)
      if (file !== last.file) say(`${last.file === '' ? '' : '\n'}${ux.colorize('bold', printable(file))}`)
      if (file !== last.file || group !== last.group) say(group)
      last = { file, group }
      say(lintText(finding, width))
    },
    end: (results: readonly LintResult[]): void => {
      if (seen > limit) say(`\n${count(seen - limit, 'finding')} more with --limit`)
      say(`${seen > 0 ? '\n' : ''}${lintSummary(results)}`)
      for (const note of guideNotes(results)) say(note)
    },
  }
}

/** Where the transaction set of a finding stands; findings are grouped under it. */
function lintGroup({ set }: LintFinding): string {
  const text =
    set === undefined
      ? 'interchange'
      : `${printable(set.id)} ${printable(set.control)}, interchange ${printable(set.interchange)}, line ${set.line}`
  return `  ${ux.colorize('bold', text)}`
}

/** The finding, then the segment as it stands with a caret under what is meant. */
function lintText(finding: LintFinding, width: number): string {
  const { level, segment, element, component, line, byteOffset, message, standardCode, expected } = finding
  const place =
    segment === undefined
      ? ''
      : `${printable(segment)}${element === undefined ? '' : String(element).padStart(2, '0')}${component === undefined ? '' : `-${component}`}`
  const colour = level === 'error' ? 'redBright' : 'yellow'
  return [
    `    ${ux.colorize(colour, level)}  ${[place, `line ${line}, byte ${byteOffset}`].filter(Boolean).join('  ')}  ${ux.colorize('dim', standardCode)}`,
    `      ${cut(printable(message), 2 * width)}`,
    ...excerpt(finding, Math.max(40, width - 8)),
    ...(expected === undefined ? [] : [`      right would be: ${printable(expected)}`]),
  ].join('\n')
}

/** A message may hold a value of any length. */
const cut = (text: string, room: number): string => (text.length > room ? `${text.slice(0, room - 1)}…` : text)

/** So much of the segment as fits a line, with the marked characters in view. */
function excerpt({ text, mark }: LintFinding, room: number): string[] {
  if (text === '') return []
  const from = mark.from + mark.length <= room ? 0 : Math.max(0, Math.min(mark.from - 20, text.length - room))
  const shown = printable(text.slice(from, from + room))
  const carets = '^'.repeat(Math.max(1, Math.min(mark.length, room - (mark.from - from))))
  const dots = from > 0 ? '…' : ''
  return [
    `      ${dots}${shown}${from + room < text.length ? '…' : ''}`,
    `      ${' '.repeat(dots.length + mark.from - from)}${ux.colorize('redBright', carets)}`,
  ]
}

function lintSummary(results: readonly LintResult[]): string {
  const sum = (pick: (result: LintResult) => number) => results.reduce((total, result) => total + pick(result), 0)
  const [errors, warnings] = [sum(({ errors: n }) => n), sum(({ warnings: n }) => n)]
  const sets = sum(({ sets: n }) => n)
  const acknowledgments = sum(({ interchangeAcknowledgments: n }) => n)
  const looked = [
    ...(sets > 0 || acknowledgments === 0 ? [count(sets, 'transaction set')] : []),
    ...(acknowledgments > 0 ? [count(acknowledgments, 'TA1')] : []),
  ]
  const checked = `${looked.join(' and ')} in ${count(results.length, 'file')} checked`
  if (errors + warnings === 0) return ux.colorize('green', `${checked}: nothing wrong`)
  return `${checked}: ${count(errors, 'error')}${warnings === 0 ? '' : `, ${count(warnings, 'warning')}`}`
}

/** Where less was looked at than there might be wrong. */
function guideNotes(results: readonly LintResult[]): string[] {
  const notes = results
    .flatMap(({ guides }) => guides)
    .flatMap(({ set, version, guide, lenient }) => {
      const what = `${printable(set)} in version ${printable(version)}`
      if (guide === undefined) return [`${what}: no guide is held for it, only its envelope was checked`]
      return lenient
        ? [
            `${what}: held against the guide of ${guide}; codes, greatest lengths and how often segments come were not checked`,
          ]
        : []
    })
  return [...new Set(notes)].map((note) => ux.colorize('dim', `note: ${note}`))
}
