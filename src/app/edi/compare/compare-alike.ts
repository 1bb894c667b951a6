import type { CanonicalDocument } from '../../../canonical/index.js'
import type { Branch, Fact, Row, Sheet } from '../sheet.js'
import type { Comparison, Difference, LineComparison } from './difference.js'
import { type MatchableLine, matchLines } from './match-lines.js'

interface Read {
  readonly document: CanonicalDocument
  readonly sheet: Sheet
}

/** Two documents of one kind, by what their sheets say: field by field, and line by line. */
export function compareAlike(left: Read, right: Read): Comparison {
  const differences = [
    ...factDifferences([headline(left)], [headline(right)]),
    ...factDifferences(left.sheet.facts, right.sheet.facts),
    ...factDifferences(partyFacts(left.sheet), partyFacts(right.sheet)),
    ...factDifferences(left.sheet.totals, right.sheet.totals),
    ...branchDifferences(left.sheet, right.sheet),
  ]
  const lines = lineComparisons(left, right)
  return {
    left: { title: left.sheet.title, heading: 'First' },
    right: { title: right.sheet.title, heading: 'Second' },
    same: differences.length === 0 && lines.every(({ state }) => state === 'same'),
    differences,
    lines,
  }
}

const headline = ({ sheet }: Read): Fact => ({
  label: 'Document',
  value: [sheet.title, ...sheet.marks.map(({ text }) => text)].join(', '),
})

const partyFacts = ({ parties }: Sheet): Fact[] =>
  parties.map(({ role, lines }) => ({ label: role, value: lines.join(', ') }))

/** Facts of one label are taken together: the order in which a document says them means nothing. */
function factDifferences(lefts: readonly Fact[], rights: readonly Fact[]): Difference[] {
  const [left, right] = [grouped(lefts), grouped(rights)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((field) => ({ field, left: left.get(field), right: right.get(field) }))
    .filter((pair) => pair.left !== pair.right)
}

function grouped(facts: readonly Fact[]): Map<string, string> {
  const values = new Map<string, string[]>()
  for (const { label, value } of facts) values.set(label, [...(values.get(label) ?? []), value])
  return new Map([...values].map(([label, all]) => [label, all.toSorted().join('; ')]))
}

/** Trees (a shipment) are compared by what each branch says of itself. */
function branchDifferences(left: Sheet, right: Sheet): Difference[] {
  return factDifferences(left.blocks.flatMap(branchFacts), right.blocks.flatMap(branchFacts))
}

const branchFacts = (block: Sheet['blocks'][number]): Fact[] => {
  const walk = ({ text, facts, branches }: Branch): Fact[] => [
    { label: text, value: facts.map(({ label, value }) => `${label} ${value}`).join(', ') },
    ...branches.flatMap(walk),
  ]
  return block.kind === 'tree' ? block.branches.flatMap(walk) : []
}

function lineComparisons(left: Read, right: Read): LineComparison[] {
  const [lefts, rights] = [numbered(left), numbered(right)]
  return matchLines(lefts, rights).map((pair) => {
    const shown = pair.left ?? pair.right
    const differences =
      pair.left === undefined || pair.right === undefined ? [] : factDifferences(pair.left.facts, pair.right.facts)
    return {
      line: shown?.cells[0] ?? '',
      item: shown?.cells.at(-1) ?? '',
      state:
        pair.right === undefined
          ? 'left-only'
          : pair.left === undefined
            ? 'right-only'
            : differences.length === 0
              ? 'same'
              : 'different',
      statuses: [],
      differences,
    }
  })
}

type NumberedLine = MatchableLine & { readonly cells: readonly string[]; readonly facts: readonly Fact[] }

/** The lines of the document with the rows that show them; their own number is how they are matched, no difference. */
function numbered({ document, sheet }: Read): NumberedLine[] {
  const lines: readonly MatchableLine[] =
    'lines' in document ? document.lines : document.kind === 'price-catalog' ? document.items : []
  const table = sheet.blocks.find((block) => block.kind === 'table')
  if (table === undefined) return []
  return table.rows.flatMap((row, n) => {
    const line = lines[n]
    return line === undefined ? [] : [{ ...line, cells: row.cells, facts: rowFacts(row, table.columns) }]
  })
}

const rowFacts = ({ cells, notes }: Row, columns: readonly { readonly title: string }[]): Fact[] => [
  ...cells.slice(1).map((value, n) => ({ label: columns[n + 1]?.title ?? '', value })),
  ...notes.map(({ text }) => {
    const [label = '', ...value] = text.split(': ')
    return value.length === 0 ? { label: 'Further', value: text } : { label, value: value.join(': ') }
  }),
]
