import { type IdentifierType, identifierKey, type ReferenceKind } from '../../src/canonical/index.js'
import type { Row } from './three-way/night.js'

/** A row of `cross_reference`: for everybody and for ever, where a case does not say otherwise. */
export const reference = (kind: ReferenceKind, identifier: string, target: string, row: Row = {}): Row => ({
  reference: 'XR-000001',
  kind,
  partner: '',
  scope: row.partner ? 'partner' : 'all',
  type: '',
  identifier,
  identifier_key: identifierKey((row.type ?? '') as IdentifierType, identifier),
  item: '',
  company: '',
  target,
  made_by: 'R. Ortiz',
  ...row,
})
