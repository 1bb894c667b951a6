import { type Company, companies } from './parties.js'

/** Which of the shipped ERP layouts a health system's extracts come in: one company on one of them, or two companies on both. */
export const layouts = ['both', 'lawson', 'peoplesoft'] as const
export type Layout = (typeof layouts)[number]

export const companiesOf = (layout: Layout): readonly Company[] =>
  companies.filter(({ erp }) => layout === 'both' || erp === layout)
