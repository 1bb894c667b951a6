import { chargeCapture } from './charge-capture/index.js'
import { complianceEvidence } from './compliance-evidence/index.js'
import { contractPriceSync } from './contract-price-sync/index.js'
import { glPosting } from './gl-posting/index.js'
import { itemMasterSync } from './item-master-sync/index.js'
import { laborToLedger } from './labor-to-ledger/index.js'
import type { MatchedDocument, Matcher } from './matcher.js'
import { poAcknowledgment } from './po-acknowledgment/index.js'
import { loadName } from './read-output.js'
import { reconcileMatcher } from './reconcile/index.js'
import { requisitionToPay } from './requisition-to-pay/index.js'
import { usageToReplenishment } from './usage-to-replenishment/index.js'
import { vendorMasterSync } from './vendor-master-sync/index.js'

/** The matchers that are rules and a declaration, one folder each. */
const all: readonly Matcher[] = [
  chargeCapture,
  complianceEvidence,
  contractPriceSync,
  glPosting,
  itemMasterSync,
  laborToLedger,
  poAcknowledgment,
  reconcileMatcher,
  requisitionToPay,
  usageToReplenishment,
  vendorMasterSync,
]

/** By the name a job gives. */
export const matchers: ReadonlyMap<string, Matcher> = new Map(all.map((matcher) => [matcher.name, matcher]))

/** @throws Error for a name the settings would not have let pass */
export function matcherOf(name: string): Matcher {
  const matcher = matchers.get(name)
  if (matcher === undefined) throw new Error(`there is no matcher ${name}`)
  return matcher
}

/** Whether what a matcher finds hangs on the tolerances of the workspace. */
export const readsTolerances = (name: string): boolean =>
  name === 'three-way' || (matchers.get(name)?.rules.some(({ sql }) => sql.includes('allowed_of(')) ?? false)

/** What each matcher needs of a job, and the rows that it leaves to be loaded; for those who check settings. */
export const matcherNeeds = (): Readonly<
  Record<string, { relations: readonly string[]; sets: readonly string[]; tables: readonly string[] }>
> => ({
  'three-way': { relations: ['po_line', 'receipt_line'], sets: ['810'], tables: ['invoice', 'invoice-line'] },
  ...Object.fromEntries(
    all.map(({ name, needs, needsSets = [], tables }) => [
      name,
      { relations: needs, sets: needsSets, tables: tables.filter(({ load }) => load !== undefined).map(loadName) },
    ]),
  ),
})

/** The kinds of documents that are compared; the three-way match, whose unit is the invoice, has a way in of its own. */
export const documentsOf = (name: string): readonly MatchedDocument[] =>
  name === 'three-way' ? ['invoice', 'acknowledgment'] : matcherOf(name).documents
