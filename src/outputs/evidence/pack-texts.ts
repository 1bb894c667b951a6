import { createHash } from 'node:crypto'
import { stringify } from 'csv-stringify/sync'
import { safeText } from '../safe-text.js'
import { coverPage } from './cover-page.js'
import type { EvidenceList, EvidencePack, PackedFile } from './evidence-pack.js'

export interface PackTexts {
  /** By name, in the order in which they lie in the pack: the cover first, manifest.sha256 last. */
  readonly texts: ReadonlyMap<string, string>
  /** Each with its hash; manifest.sha256 cannot hold its own. */
  readonly files: readonly PackedFile[]
}

/** The files of the pack: cover.html for people, manifest.json for machines, manifest.sha256 for `sha256sum -c`, and what they are about. */
export function packTexts(pack: EvidencePack): PackTexts {
  const lists = pack.lists.map((list) => ({ list, name: `${list.name}.csv`, text: csvOf(list) }))
  const packed: PackedFile[] = [
    ...lists.map(({ list, name, text }) => ({ ...packedFile(name, text), rows: list.rows.length })),
    ...[...pack.texts].map(([name, text]) => packedFile(name, text)),
  ]
  const manifest = `${JSON.stringify(manifestOf(pack, packed), null, 1)}\n`
  const cover = coverPage(pack, packed)
  const files = [packedFile('cover.html', cover), packedFile('manifest.json', manifest), ...packed]
  const sums = files.map(({ sha256, name }) => `${sha256}  ${name}\n`).join('')
  const texts = new Map([
    ['cover.html', cover],
    ['manifest.json', manifest],
    ...lists.map(({ name, text }) => [name, text] as const),
    ...pack.texts,
    ['manifest.sha256', sums],
  ])
  return { texts, files }
}

const packedFile = (name: string, text: string): PackedFile => {
  const bytes = Buffer.from(text)
  return { name, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }
}

/** Like a hold list: with a BOM for Excel; text that could be a formula is neutralised, a negative number stays one. */
const csvOf = ({ columns, rows }: EvidenceList): string =>
  stringify([[...columns], ...rows.map((row) => row.map(cell))], { bom: true, record_delimiter: 'windows' })

const cell = (value: string | null): string =>
  value === null ? '' : /^-\d+(\.\d+)?$/.test(value) ? value : safeText(value)

const manifestOf = (pack: EvidencePack, files: readonly PackedFile[]) => ({
  format: 'matchbook-evidence-1',
  organisation: pack.organisation,
  job: pack.job,
  title: pack.title,
  period: pack.period,
  chain: { ...pack.chain, isWhole: pack.chain.fault === null },
  previous: pack.previous,
  gaps: pack.gaps,
  lacks: pack.lacks,
  deeds: pack.deeds,
  settings: pack.settings,
  lists: pack.lists.map(({ name, says, columns }) => ({ file: `${name}.csv`, says, columns })),
  files,
})
