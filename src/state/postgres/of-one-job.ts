import { type OperationNode, RawNode, TableNode } from 'kysely'
import type { Tables } from '../schema.js'

/**
 * What only the holder of a job's lease writes, row by row in large numbers. Another process decides something by them in one place: whether
 * a document was sent before, and that has a scope of its own (State.besideOthers).
 */
const tables: ReadonlySet<string> = new Set<keyof Tables | 'excluded'>([
  'documents',
  'file_findings',
  'exceptions',
  'exception_events',
  'match_results',
  'invoice_results',
  'result_rows',
  // The row that was to be inserted, in what is done when there is one already.
  'excluded',
])

/** Whether a statement is about nothing else. In doubt it is not. */
export function isOfOneJob(node: OperationNode): boolean {
  switch (node.kind) {
    case 'InsertQueryNode':
    case 'UpdateQueryNode':
    case 'DeleteQueryNode':
    case 'SelectQueryNode':
      return namedIn(node).every((name) => tables.has(name))
    default:
      return false
  }
}

/** Every table that stands anywhere in a statement; raw SQL that may name one counts as one that nobody knows. */
function namedIn(node: OperationNode): string[] {
  if (RawNode.is(node) && node.sqlFragments.some((text) => /\b(from|into|join|update)\b/i.test(text))) return ['']
  if (TableNode.is(node)) return [node.table.identifier.name]
  return Object.values(node).flatMap((part: unknown) =>
    (Array.isArray(part) ? part : [part]).flatMap((one: unknown) => (isNode(one) ? namedIn(one) : [])),
  )
}

const isNode = (value: unknown): value is OperationNode =>
  typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'
