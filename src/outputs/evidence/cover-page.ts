import { escaped, htmlTable, paragraph, section } from '../html.js'
import type { EvidencePack, PackedFile } from './evidence-pack.js'

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1b1f24;background:#fff}
h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.15rem;margin-top:2rem}code{font-size:.85em;overflow-wrap:anywhere}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;color:#57606a}
th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #d0d7de;vertical-align:top;font-weight:400}
thead th{font-weight:600}.figure{text-align:right;font-variant-numeric:tabular-nums}.verdict{font-weight:600}`

/** The first page: what the period was, whether all of it is here, who did what, and how to verify it. By itself: no script, nothing fetched. */
export function coverPage(pack: EvidencePack, files: readonly PackedFile[]): string {
  const { period, organisation, title } = pack
  const heading = `${title}, ${period.name}`
  const body = [
    `<h1>${escaped(heading)}</h1>`,
    paragraph(`${organisation}; from ${period.firstDay} to ${period.lastDay}, days of ${period.timezone}`),
    `<p class="verdict">${escaped(verdict(pack))}</p>`,
    section('gaps', 'What is missing', list(pack.gaps, 'Nothing: all that happened in the period is in this pack.')),
    section('lacks', 'What was not covered', lackTable(pack)),
    section('lists', 'What is in it', listTable(pack, files)),
    section('deeds', 'Who did what', deedTable(pack)),
    section('settings', 'Settings and contracts in force', settingTable(pack)),
    section('chain', 'The audit chain', chainWords(pack)),
    section('verify', 'How to verify it', howTo),
  ].join('\n')
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(heading)}</title><style>${style}</style></head>\n<body>\n${body}\n</body></html>\n`
}

const verdict = ({ chain, gaps }: EvidencePack): string =>
  chain.fault !== null
    ? `The audit chain does not verify: ${chain.fault}.`
    : gaps.length === 0
      ? 'The audit chain verifies, and nothing is missing.'
      : `The audit chain verifies. ${gaps.length === 1 ? 'One thing is' : `${gaps.length} things are`} missing, and named below.`

const list = (words: readonly string[], none: string): string =>
  words.length === 0 ? paragraph(none) : `<ul>${words.map((said) => `<li>${escaped(said)}</li>`).join('')}</ul>`

const lackTable = ({ lacks }: EvidencePack): string =>
  lacks.length === 0
    ? paragraph('Nothing: each vendor had what it had to have, and each order its requisition.')
    : htmlTable(
        'By the rules of the job, when the pack was made; what was decided since then is in the pack of the period in which it was',
        [
          { title: 'Who', text: ({ who }) => who },
          { title: 'What', text: ({ what }) => what },
          { title: 'State', text: ({ state }) => state },
          { title: 'Money', isFigure: true, text: ({ amount, currency }) => `${amount} ${currency}` },
        ],
        lacks,
      )

const minute = (instant: string): string => instant.slice(0, 16).replace('T', ' ')

const listTable = ({ lists, chain }: EvidencePack, files: readonly PackedFile[]): string => {
  const hashes = new Map(files.map(({ name, sha256 }) => [name, sha256]))
  const rows = [
    ...lists.map(({ name, says, rows }) => ({ file: `${name}.csv`, says, rows: rows.length })),
    { file: 'audit.ndjson', says: 'the audit chain of the period, an entry a line', rows: chain.entries },
  ]
  return htmlTable(
    'Files of the pack; manifest.sha256 has the hash of each',
    [
      { title: 'File', text: ({ file }) => file },
      { title: 'A row is', text: ({ says }) => says },
      { title: 'Rows', isFigure: true, text: ({ rows }) => String(rows) },
      { title: 'SHA-256 begins', html: ({ file }) => `<code>${(hashes.get(file) ?? '').slice(0, 12)}</code>` },
    ],
    rows,
  )
}

const deedTable = ({ deeds }: EvidencePack): string =>
  deeds.length === 0
    ? paragraph('Nobody did anything in this period.')
    : htmlTable(
        'By the audit chain; runs stand together',
        [
          { title: 'Who', text: ({ who }) => who },
          { title: 'Did', text: ({ what }) => what },
          { title: 'Times', isFigure: true, text: ({ times }) => String(times) },
          { title: 'First (UTC)', text: ({ first }) => minute(first) },
          { title: 'Last (UTC)', text: ({ last }) => minute(last) },
        ],
        deeds,
      )

const settingTable = ({ settings }: EvidencePack): string =>
  settings.length === 0
    ? paragraph('No run of this period is kept with its settings.')
    : htmlTable(
        'Each text lies in settings, under its SHA-256',
        [
          { title: 'File', text: ({ name }) => name },
          { title: 'First run (UTC)', text: ({ firstRun }) => minute(firstRun) },
          { title: 'Last run (UTC)', text: ({ lastRun }) => minute(lastRun) },
          { title: 'SHA-256', html: ({ sha256 }) => `<code>${sha256}</code>` },
        ],
        settings,
      )

function chainWords({ chain, previous }: EvidencePack): string {
  const place = ({ sequence, hash }: { sequence: number; hash: string }) => `${sequence}:${hash}`
  const rows = [
    { what: 'Before the first entry', at: place(chain.opening) },
    { what: 'Last entry', at: place(chain.closing) },
    {
      what: 'Pack of the period before',
      at: previous === null ? 'none was made' : `${previous.period}, SHA-256 ${previous.sha256}`,
    },
  ]
  return htmlTable(
    'Each entry holds a hash over itself and the entry before it',
    [
      { title: 'Entry', text: ({ what }) => what },
      { title: 'Number and hash', html: ({ at }) => `<code>${escaped(at)}</code>` },
    ],
    rows,
  )
}

const howTo = `<ol><li>Unpack, and run <code>sha256sum -c manifest.sha256</code> there: no file was changed since.</li>
<li>Each line of <code>audit.ndjson</code> gives its hash: SHA-256 of the JSON array of previous, at, actor, action, subject and detail. The first <code>previous</code> is the hash before the first entry, the last <code>hash</code> that of the last entry above.</li>
<li>With Matchbook: <code>matchbook audit verify --pack FILE</code> does both, and looks whether the chain of the workspace still says the same.</li></ol>`
