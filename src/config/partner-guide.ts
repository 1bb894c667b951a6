import { z } from 'zod'

const Qualifiers = z.array(z.string({ error: 'a code in quotes, for example "UP"' }).min(1)).min(1)

export const PartnerElement = z.strictObject({
  required: z.boolean().optional().describe('true: must be sent; false: need not be, whatever the standard says'),
  used: z.boolean().optional().describe('false: must not be sent'),
  codes: Qualifiers.optional().describe('the only codes allowed'),
  'min-length': z.int().min(0).optional().describe('fewest characters; digits for a number'),
  'max-length': z.int().min(1).optional().describe('most characters; digits for a number'),
})
export type PartnerElement = z.infer<typeof PartnerElement>

export const PartnerSegment = z.strictObject({
  required: z.boolean().optional().describe('true: must be sent; false: need not be, whatever the standard says'),
  used: z.boolean().optional().describe('false: must not be sent'),
  'max-uses': z
    .int()
    .min(1)
    .optional()
    .describe('how often it may come in its place; for the first segment of a loop, the loop'),
  'must-occur-with': Qualifiers.optional().describe(
    'values of element 01, each of which must come in its place, for example DP in REF',
  ),
  'must-carry': Qualifiers.optional().describe(
    'qualifiers of which the segment must have one in any of its elements, for example UP or VN in PO1',
  ),
  elements: z
    .record(z.string().regex(/^\d{2}$/, 'a position as two digits in quotes, for example "03"'), PartnerElement)
    .optional()
    .describe('by position: "03" is REF03 in REF'),
})
export type PartnerSegment = z.infer<typeof PartnerSegment>

/** What one partner wants otherwise than the standard, for one transaction set. */
export const PartnerGuide = z.strictObject({
  set: z
    .string({ error: 'a transaction set in quotes, for example "810"' })
    .regex(/^\d{3}$/, 'a transaction set as three digits, for example "810"')
    .describe('ST01'),
  version: z
    .string({ error: 'a version in quotes, for example "004010"' })
    .regex(/^\d{6}/, 'a version as GS08 has it, for example "004010"')
    .optional()
    .describe('only for this version, GS08 or its first digits; without it for all'),
  segments: z
    .record(
      z
        .string()
        .regex(/^[A-Z][A-Z0-9]{1,2}(\/[A-Z][A-Z0-9]{1,2})*$/, 'a segment, or loops and a segment, for example PO1/REF'),
      PartnerSegment,
    )
    .describe(
      'by segment: REF is every REF, PO1/REF those in the loop that PO1 opens, ST/REF those outside of all loops',
    ),
})
export type PartnerGuide = z.infer<typeof PartnerGuide>
