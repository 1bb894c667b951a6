import { isMap, isScalar, isSeq, parseDocument, visit, type YAMLMap } from 'yaml'
import type { ContractChange } from '../../contracts/index.js'

/** Keys of a contract whose values are not names of columns. */
const others = new Set(['codes', 'constant', 'empty-as', 'key', 'relation', 'is', 'between', 'transform', 'date-as'])

/** The text of a contract with changes made in it; comments and all else stay as they are. */
export function changedText(text: string, changes: readonly ContractChange[]): string {
  const document = parseDocument(text)
  const columns = document.get('columns')
  if (!isSeq(columns)) throw new RangeError('a contract without columns')
  const find = (name: string): YAMLMap | undefined =>
    columns.items.find((item): item is YAMLMap => isMap(item) && item.get('name') === name)
  for (const change of changes) {
    switch (change.kind) {
      case 'rename': {
        find(change.column)?.set('name', change.to)
        visit(document, {
          Pair(_, pair) {
            if (isScalar(pair.key) && ['columns', ...others].includes(String(pair.key.value))) return visit.SKIP
            if (isScalar(pair.value) && pair.value.value === change.column) pair.value.value = change.to
            return undefined
          },
        })
        break
      }
      case 'add': {
        const added = document.createNode(change.column)
        added.flow = true
        columns.add(added)
        break
      }
      case 'optional':
        find(change.column)?.set('optional', true)
        break
      case 'rewrite':
        for (const [key, value] of Object.entries(change.settings)) {
          const node = document.createNode(value)
          if (isSeq(node) || isMap(node)) node.flow = true
          find(change.column)?.set(key, node)
        }
    }
  }
  return asBefore(text, document.toString({ lineWidth: 0, flowCollectionPadding: true }))
}

/** Lines that differ from a line of before in the spaces of their brackets alone stay as they were. */
function asBefore(before: string, after: string): string {
  const bare = (line: string): string => line.replaceAll(/\[ +/g, '[').replaceAll(/ +\]/g, ']')
  const lines = new Map(before.split('\n').map((line) => [bare(line), line]))
  return after
    .split('\n')
    .map((line) => lines.get(bare(line)) ?? (/["'][^"']*[[\]]/.test(line) ? line : bare(line)))
    .join('\n')
}

/** For people. */
export function changeWords(change: ContractChange): string {
  switch (change.kind) {
    case 'rename':
      return `column ${change.column} is called ${change.to}`
    case 'add':
      return `column ${change.column.name} is known, and becomes nothing`
    case 'optional':
      return `column ${change.column} may be absent`
    case 'rewrite':
      return `column ${change.column} is written with ${JSON.stringify(change.settings)}`
  }
}
