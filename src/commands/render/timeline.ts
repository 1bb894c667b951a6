import { ux } from '@oclif/core'
import { evidenceText } from '../../app/evidence-text.js'
import type { Timeline, TraceEntry } from '../../app/trace/timeline.js'
import { localTime } from './local-time.js'
import { count } from './money.js'
import { printable, printableLines } from './printable.js'

const WHEN = 16
const STAGE = 14

/** A line an entry, below it where it stands; then the bytes where they were asked for. */
export function timelineText(timeline: Timeline): string {
  const { subject, number, company, release, total, entries, timezone, bytes } = timeline
  const of = [company === null ? '' : `, company ${company}`, release === null ? '' : `, release ${release}`].join('')
  const cut = total === entries.length ? '' : `, the latest ${entries.length} of them`
  return [
    ux.colorize('bold', printable(`${subject} ${number}${of}`)),
    `${count(total, 'entry', 'entries')}${cut}; times are ${timezone}`,
    '',
    ...entries.flatMap((entry) => entryLines(entry, timezone)),
    ...(bytes ?? []).flatMap(({ place, base64 }) => [
      '',
      ux.colorize('bold', printable(evidenceText(place))),
      base64 === null ? 'purged' : printableLines(Buffer.from(base64, 'base64').toString('latin1')),
    ]),
  ].join('\n')
}

function entryLines({ at, stage, id, said, actor, places }: TraceEntry, timezone: string): string[] {
  const when = (at.length === 10 ? at : localTime(at, timezone)).padEnd(WHEN)
  const who = actor === null ? '' : ` (${actor})`
  const named = stage === 'exception' || stage === 'decision' ? `${id} ` : ''
  return [
    `${when}  ${ux.colorize('cyan', stage.padEnd(STAGE))}  ${printable(`${named}${said}${who}`)}`,
    ...places.map((place) => `${' '.repeat(WHEN + STAGE + 4)}${ux.colorize('dim', printable(evidenceText(place)))}`),
  ]
}
