import { MatchbookError } from '../../errors/index.js'
import type { StoredException, TracedDocument, TracedResult } from '../../state/index.js'
import type { PartnerOfVendor } from '../suppliers/partner-of-vendor.js'
import type { Gathered } from './gathered.js'

/** A number alone may be that of several: a PO is one with its company and release, an invoice with its partner. */
export interface Which {
  readonly company?: string
  readonly release?: string
  readonly partner?: string
}

type Part = keyof Which
const parts: readonly Part[] = ['company', 'release', 'partner']

/**
 * What is left when only one is meant; what does not say its company, release or partner counts to each.
 * @throws TRACE-AMBIGUOUS naming the flags and their values
 */
export function whichOne(found: Gathered, asked: Which, tell: readonly Part[], partnerOf: PartnerOfVendor): Gathered {
  const whiches = [
    ...found.documents.map(ofDocument),
    ...found.results.map(ofResult),
    ...found.exceptions.map((one) => ofException(one, partnerOf)),
  ]
  const left = whiches.filter((which) => fits(which, asked))
  for (const part of tell) {
    const values = [...new Set(left.flatMap((which) => which[part] ?? []))].sort()
    if (values.length > 1) {
      const choices = values.map((value) => `--${part} ${value}`).join(', ')
      throw new MatchbookError('TRACE-AMBIGUOUS', `there are ${values.length} of that number: ${choices}`, {
        hint: `Say which one with --${part}`,
        facts: { [part]: values.join(', ') },
      })
    }
  }
  const documents = found.documents.filter((one) => fits(ofDocument(one), asked))
  return {
    documents,
    results: found.results.filter((one) => fits(ofResult(one), asked)),
    loadRows: found.loadRows,
    rows: found.rows.filter(({ row }) => fits(ofColumns(JSON.parse(row)), asked)),
    exceptions: found.exceptions.filter((one) => fits(ofException(one, partnerOf), asked)),
    files: found.files.filter(({ id }) => documents.some(({ file_id }) => file_id === id)),
  }
}

const fits = (which: Which, asked: Which): boolean =>
  parts.every((part) => asked[part] === undefined || which[part] === undefined || which[part] === asked[part])

function ofDocument({ company, partner, body }: TracedDocument): Which {
  return { ...text('company', company), partner, ...text('release', (JSON.parse(body) as Which).release) }
}

const ofResult = ({ result }: TracedResult): Which => ofColumns(JSON.parse(result))

const ofColumns = (row: Readonly<Record<string, unknown>>): Which => ({
  ...text('company', row.company),
  ...text('release', row.release),
})

const ofException = ({ keys }: StoredException, partnerOf: PartnerOfVendor): Which => ({
  ...text('company', keys.company),
  ...text('release', keys.release),
  ...text('partner', partnerOf(keys) ?? keys.partner),
})

const text = (part: Part, value: unknown): Which => (typeof value === 'string' && value !== '' ? { [part]: value } : {})
