import type { CanonicalDocument } from '../../../canonical/index.js'
import { MatchbookError } from '../../../errors/index.js'
import type { Sheet } from '../sheet.js'
import type { Words } from '../words.js'
import { compareAlike } from './compare-alike.js'
import { compareAcknowledged, compareBilled, compareChanged } from './compare-with-order.js'
import type { Comparison } from './difference.js'

export interface DocumentRead {
  readonly document: CanonicalDocument
  readonly sheet: Sheet
}

/**
 * Two documents of one kind, or what answers an order against it; the order is the left one, whichever way they are named.
 * @throws USAGE when the two have nothing to do with each other
 */
export function compareDocuments(left: DocumentRead, right: DocumentRead, words: Words): Comparison {
  if (left.document.kind === right.document.kind) return compareAlike(left, right)
  const found = against(left, right, words) ?? against(right, left, words)
  if (found !== undefined) return found
  throw new MatchbookError(
    'USAGE',
    `a document of kind ${left.document.kind} cannot be held against one of kind ${right.document.kind}`,
    { hint: 'Give two of a kind, or an 855, 810 or 860 with its 850, or an 865 with its 860' },
  )
}

function against(order: DocumentRead, other: DocumentRead, words: Words): Comparison | undefined {
  const [left, right] = [order.document, other.document]
  const result = (leftHeading: string, rightHeading: string, compared: Pick<Comparison, 'differences' | 'lines'>) => ({
    left: { title: order.sheet.title, heading: leftHeading },
    right: { title: other.sheet.title, heading: rightHeading },
    same: compared.differences.length === 0 && compared.lines.every(({ state }) => state === 'same'),
    ...compared,
  })
  if (left.kind === 'purchase-order' && right.kind === 'acknowledgment')
    return result('Ordered', 'Acknowledged', compareAcknowledged(left, right, words))
  if (left.kind === 'purchase-order-change' && right.kind === 'order-change-acknowledgment')
    return result('Changed', 'Acknowledged', compareAcknowledged(left, right, words))
  if (left.kind === 'purchase-order' && right.kind === 'invoice')
    return result('Ordered', 'Billed', compareBilled(left, right, words))
  if (left.kind === 'purchase-order' && right.kind === 'purchase-order-change')
    return result('Ordered', 'Changed', compareChanged(left, right, words))
  return undefined
}
