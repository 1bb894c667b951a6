import { type ColumnKind, extractRelations, type RelationColumn, relations } from '../canonical/index.js'
import { matcherNeeds, matchers } from './matchers.js'
import { threeWayRules } from './three-way/index.js'

const intro = `# Relations: what an extract becomes

A contract (\`templates/extracts/*.yaml\`, see [contracts](contracts.md)) says which column of a file becomes which column of a relation:
\`relation: po_line\`, \`map: { po_number: EBELN, ... }\`. Rules are written over relations alone, so any layout of any system does, as long as
its contract can fill them. This page is written from the code.

- *must*: a record without it is rejected (DATA-REQUIRED) and told with its line. All other columns may be left out of \`map\`.
- \`key\` of a projection names the columns that tell two records apart; a second record with the same key is DATA-KEY-DUPLICATE. Take
  those that identify a record in your system, as the shipped contracts do.
- An identifier is compared as text: \`strip-leading-zeros\` or \`pad-left\` where two systems write it differently.
- A unit is one of X12's codes (element 355), or what \`units.aliases\` in matchbook.yaml makes one.
`

const kinds: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  quantity: 'quantity, 4 decimals',
  price: 'price, 6 decimals',
  amount: 'money, 2 decimals',
  factor: 'factor, 4 decimals',
  hours: 'hours, sums to 4 decimals',
  integer: 'whole number',
  date: 'day',
  flag: 'true or false',
}

/** docs/relations.md. */
export function relationsReference(): string {
  const sql = new Map([
    ['three-way', threeWayRules],
    ...[...matchers.values()].map(({ name, rules }) => [name, rules.map((rule) => rule.sql).join('\n')] as const),
  ])
  const needs = matcherNeeds()
  const parts = extractRelations.map((relation) => {
    const columns: Readonly<Record<string, RelationColumn>> = relations[relation]
    const asking = [...sql].filter(([, text]) => new RegExp(`\\b${relation}\\b`).test(text)).map(([name]) => name)
    const uses = asking
      .toSorted()
      .map((name) => `\`${name}\`${needs[name]?.relations.includes(relation) ? ' (must have it)' : ''}`)
    return [
      `## ${relation}`,
      '',
      `Read by the matchers ${uses.join(', ')}.`,
      '',
      '| column | holds | | means |',
      '|---|---|---|---|',
      ...Object.entries(columns).map(
        ([name, { kind, required, means }]) =>
          `| \`${name}\` | ${kinds[kind]} | ${required ? 'must' : ''} | ${means} |`,
      ),
      '',
    ].join('\n')
  })
  return [intro, ...parts].join('\n')
}
