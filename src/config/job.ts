import { z } from 'zod'
import { nearMiss } from '../errors/index.js'
import { CatalogEntry } from './catalog.js'
import { delivery } from './delivery.js'
import { ChargeCaptureSettings } from './matchers/charge-capture.js'
import { ComplianceEvidenceSettings } from './matchers/compliance-evidence.js'
import { ContractPriceSyncSettings } from './matchers/contract-price-sync.js'
import { GlPostingSettings } from './matchers/gl-posting.js'
import { ItemMasterSyncSettings } from './matchers/item-master-sync.js'
import { LaborToLedgerSettings } from './matchers/labor-to-ledger.js'
import { PoAcknowledgmentSettings } from './matchers/po-acknowledgment.js'
import { ReconcileSettings } from './matchers/reconcile.js'
import { RequisitionToPaySettings } from './matchers/requisition-to-pay.js'
import { ThreeWaySettings } from './matchers/three-way.js'
import { UsageToReplenishmentSettings } from './matchers/usage-to-replenishment.js'
import { VendorMasterSyncSettings } from './matchers/vendor-master-sync.js'
import { DecimalSetting, Name, SecretReference } from './scalars.js'
import { Expected, Schedule } from './schedule.js'
import { Shares } from './shares-setting.js'

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(`(?:${text})|`, 'u').exec('')?.length !== 1
  } catch {
    return false
  }
}

const isRegExp = (text: string): boolean => {
  try {
    return new RegExp(text, 'u').source !== ''
  } catch {
    return false
  }
}

/** What is taken out of its wrapping, and how much may come out. */
export const Unwrap = z.strictObject({
  kinds: z
    .array(z.enum(['gz', 'zip', 'pgp']))
    .min(1)
    .describe('what is unwrapped, known by the ending of the name: .gz; .zip; .pgp, .gpg or .asc'),
  files: z
    .array(z.string().min(1))
    .min(1)
    .default(['**'])
    .describe('patterns (glob) of the files in a zip that are taken; others are named in the ledger and left out'),
  'largest-mb': z.int().min(1).max(1_048_576).default(1024).describe('all that comes out of one file, in MiB'),
  ratio: z.int().min(2).max(100_000).default(200).describe('bytes that may come out for each that went in'),
  'most-files': z.int().min(1).max(65_535).default(1000).describe('entries of one zip'),
  key: SecretReference.optional().describe('our private PGP key, armored; pgp needs it'),
  passphrase: SecretReference.optional().describe('of the private key'),
  'partner-key': z
    .string()
    .min(1)
    .optional()
    .describe(
      "file of the partner's public PGP key, armored, relative to the workspace; with it only what is signed by it is taken",
    ),
})
export type Unwrap = z.infer<typeof Unwrap>

/** A place files come from, how it is known that they are whole, and what becomes of them there once our copy is durable. */
export const Drop = z.strictObject({
  endpoint: Name.describe('where'),
  folder: z
    .string()
    .min(1)
    .describe('folder at the endpoint, absolute or relative to its root; "." is the root itself'),
  include: z
    .array(z.string())
    .min(1)
    .describe('patterns (glob) of the path below the folder, for example "*.810", or "**/*.810" with recursive'),
  exclude: z.array(z.string()).default([]).describe('patterns of what is never taken'),
  recursive: z.boolean().default(false).describe('folders below it too; links are not followed'),
  order: z
    .enum(['name', 'time'])
    .default('name')
    .describe('which file comes first: by name, or by the time it was last written'),
  partner: Name.optional().describe('whose drop it is; X12 files are checked against its ISA ids'),
  after: z
    .union([
      z.literal('leave'),
      z.literal('remove'),
      z.strictObject({ move: z.string().min(1).describe('folder at the endpoint') }),
    ])
    .default('leave')
    .describe('at the source, after our copy is durable'),
  'stable-seconds': z
    .number()
    .min(0)
    .max(3600)
    .default(2)
    .describe(
      'size and time must stay the same for so long before a file is taken; not looked at where there are done-files',
    ),
  done: z
    .string()
    .regex(/^[^*/\\]*\*[^*/\\]*$/, 'a name with one *, for example "*.done"')
    .refine((text) => text !== '*', 'a name with more than the *, for example "*.done"')
    .optional()
    .describe(
      'a file is whole when its done-file is there: for "*.done" NAME.done, or NAME with its extension replaced',
    ),
  complete: z
    .enum(['x12', 'trailer', 'closed'])
    .optional()
    .describe(
      "a file is whole when it ends with an IEA segment; with the trailer record of its extract's contract; or, JSON and XML, with the bracket or end tag that closes it",
    ),
  sequence: z
    .string()
    .refine(isPattern, 'a regular expression with the number in a group, for example "PO_(\\d+)\\.edi"')
    .optional()
    .describe(
      'regular expression of the path below the folder, its first group the number; a file waits until those before it were taken. A group (?<stream>...) counts each stream apart',
    ),
  'wait-hours': z
    .number()
    .min(0)
    .max(8760)
    .default(24)
    .describe(
      'a file that waits for others of its sequence, or for its IEA, is taken all the same after so long; any file left so long raises FILE-LATE',
    ),
  claim: z
    .string()
    .regex(/^[^/\\*]{2,32}$/, 'an ending, for example ".matchbook"')
    .optional()
    .describe(
      'ending that a file is renamed to before it is read, so that no other reader takes it; needs after remove or move',
    ),
  'resume-from-mb': z
    .int()
    .min(1)
    .default(64)
    .describe('a transfer of a file of so many MiB and more goes on where it broke off, if the file is still the same'),
  expected: Expected.optional().describe('when something must have come at the latest, or FILE-LATE'),
  unwrap: Unwrap.optional().describe('compressed and encrypted files; without it they are read as they come'),
})
export type Drop = z.infer<typeof Drop>

export const X12Input = z.strictObject({
  kind: z.literal('x12').describe('X12 interchanges'),
  sets: z
    .array(z.enum(['810', '850', '855', '856', '832', '860', '865', '997', '999']))
    .min(1)
    .describe(
      'transaction sets to read; 997, 999 and TA1 are taken from any drop, and named here where nothing else comes',
    ),
  catalog: CatalogEntry.optional().describe('of this input, beside what the job says'),
  from: z.array(Drop).min(1).describe('drops the files come from'),
})
export type X12Input = z.infer<typeof X12Input>

export const ChangeFiles = z.strictObject({
  files: z
    .string()
    .refine(isRegExp, 'a regular expression, for example "_DELTA_"')
    .describe('regular expression of the paths below the folder that hold changes alone; all others are whole'),
  order: z
    .string()
    .refine(isPattern, 'a regular expression with what orders them in a group, for example "_(\\d{8})"')
    .optional()
    .describe(
      'regular expression of all paths, its first group what orders them: a day, a number. Without it, and where it is the same, the time they were written',
    ),
})
export type ChangeFiles = z.infer<typeof ChangeFiles>

export const ExtractInput = z.strictObject({
  kind: z.literal('extract').describe('extract of an ERP, read under a contract'),
  contract: Name.describe('a file in templates/extracts'),
  required: z.boolean().default(true).describe('the job cannot match without it'),
  parts: z
    .string()
    .refine(isPattern, 'a regular expression with the part in a group, for example "RECEIPTS_([A-Z]+)_"')
    .optional()
    .describe(
      'of an extract in several files: regular expression of the path below the folder, its first group the part; the newest file of each part is used, all together. With groups (?<set>...) and (?<part>...) all files of the newest set, and (?<of>...) is how many it has',
    ),
  changes: ChangeFiles.optional().describe(
    'of an extract that comes as changes alone between whole ones: they are put over the newest whole one, oldest first',
  ),
  'max-age-hours': z.int().min(1).default(36).describe('an older one still serves, and raises FILE-STALE'),
  catalog: CatalogEntry.optional().describe('of this input, beside what the job says'),
  from: z.array(Drop).min(1).describe('drops the files come from'),
})
export type ExtractInput = z.infer<typeof ExtractInput>

export const LoadResultsInput = z.strictObject({
  kind: z
    .literal('load-results')
    .describe('what the ERP says became of the rows of loads, read under a contract that fills load_result'),
  contract: Name.describe('a file in templates/extracts'),
  catalog: CatalogEntry.optional().describe('of this input, beside what the job says'),
  from: z.array(Drop).min(1).describe('drops the files come from; every file counts, not only the newest'),
})
export type LoadResultsInput = z.infer<typeof LoadResultsInput>

export const JobInput = z.discriminatedUnion('kind', [X12Input, ExtractInput, LoadResultsInput])
export type JobInput = z.infer<typeof JobInput>

const Load = z.strictObject({
  template: Name.describe('a file in templates/loads'),
  endpoint: Name.describe('where it goes'),
  folder: z.string().min(1).describe('folder at the endpoint'),
  catalog: CatalogEntry.optional().describe('of this load, beside what the job says'),
  ...delivery,
  approval: z
    .union([
      z.literal('none'),
      z.literal('required'),
      z.strictObject({
        over: DecimalSetting.describe(
          'money of all its rows together, credits as well as debits; a load that says no money is always over',
        ),
      }),
    ])
    .default('none')
    .describe('whether somebody has to approve a load before it may be applied; none: it goes out with the night'),
  approvers: z
    .array(z.string().min(1))
    .default([])
    .describe('who may approve; without it whoever decided nothing that is in the load'),
  'confirm-hours': z
    .int()
    .min(1)
    .default(48)
    .describe('rows that the extracts do not show so long after they were sent raise LOAD-UNCONFIRMED'),
  values: z
    .record(z.string(), z.string())
    .default({})
    .describe('values the template asks for, for example operating-unit'),
  'values-by-company': z
    .record(z.string(), z.record(z.string(), z.string()))
    .default({})
    .describe('values that differ by company'),
})
export type JobLoad = z.infer<typeof Load>

/** Workbooks that people give back. */
const DecisionsBack = z.strictObject({
  from: z.array(Drop).min(1).describe('drops that people put workbooks with decisions into'),
  'return-to': z
    .strictObject({
      endpoint: Name.describe('where'),
      folder: z.string().min(1).describe('folder at the endpoint; another than those of from'),
      ...delivery,
    })
    .optional()
    .describe('where the copy goes that says what became of each row; without it none is sent'),
  'all-or-nothing': z.boolean().default(false).describe('take no row of a workbook when one has to be refused'),
})

const matchedBy = <Name extends string, Settings extends z.ZodType>(matcher: Name, settings: Settings) =>
  z.strictObject({
    job: Name.describe('the name of the file'),
    title: z.string().min(1).describe('as reports show it'),
    matcher: z.literal(matcher).describe('how it is compared'),
    catalog: CatalogEntry.optional().describe('what people must know of its interfaces; see docs/catalog.md'),
    schedule: Schedule.optional().describe('when it runs by itself; without it only by hand'),
    shares: Shares.optional().describe(
      'taking in is done in shares, by several processes or machines at once; see docs/several-machines.md',
    ),
    inputs: z.record(Name, JobInput).describe('what comes in, by name'),
    settings,
    report: z
      .strictObject({
        name: z.string().min(1).describe('file name of the workbook, without date and .xlsx'),
        'one-per': z
          .enum(['job', 'owner', 'facility'])
          .default('job')
          .describe(
            'beside the workbook of the whole job one for each owner, or each facility, with their exceptions alone',
          ),
      })
      .describe('the workbook'),
    decisions: DecisionsBack.optional().describe(
      'workbooks that come back; without it they are taken by exceptions import alone',
    ),
    loads: z.array(Load).default([]).describe('what is written to the ERP; without it nothing is'),
  })

/** What an evidence pack is called, and where it goes. */
const EvidencePack = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9._-]+$/, 'letters, digits, ".", "-", "_"')
    .default('evidence')
    .describe('file name of the pack, without period and .zip'),
  'send-to': z
    .strictObject({
      endpoint: Name.describe('where'),
      folder: z.string().min(1).describe('folder at the endpoint'),
      ...delivery,
    })
    .optional()
    .describe('where it goes; without it, it lies in the state folder, in evidence'),
})

/** jobs/*.yaml; its matcher says which settings it takes. */
export const JobSettings = z.discriminatedUnion('matcher', [
  matchedBy('three-way', ThreeWaySettings.prefault({}).describe('of the matcher three-way')),
  matchedBy('requisition-to-pay', RequisitionToPaySettings.prefault({}).describe('of the matcher requisition-to-pay')),
  matchedBy('labor-to-ledger', LaborToLedgerSettings.prefault({}).describe('of the matcher labor-to-ledger')),
  matchedBy('gl-posting', GlPostingSettings.prefault({}).describe('of the matcher gl-posting')),
  matchedBy('item-master-sync', ItemMasterSyncSettings.prefault({}).describe('of the matcher item-master-sync')),
  matchedBy(
    'usage-to-replenishment',
    UsageToReplenishmentSettings.prefault({}).describe('of the matcher usage-to-replenishment'),
  ),
  matchedBy('po-acknowledgment', PoAcknowledgmentSettings.prefault({}).describe('of the matcher po-acknowledgment')),
  matchedBy(
    'contract-price-sync',
    ContractPriceSyncSettings.prefault({}).describe('of the matcher contract-price-sync'),
  ),
  matchedBy('charge-capture', ChargeCaptureSettings.prefault({}).describe('of the matcher charge-capture')),
  matchedBy('vendor-master-sync', VendorMasterSyncSettings.prefault({}).describe('of the matcher vendor-master-sync')),
  matchedBy(
    'compliance-evidence',
    ComplianceEvidenceSettings.prefault({}).describe('of the matcher compliance-evidence'),
  ).extend({
    pack: EvidencePack.prefault({}).describe('the evidence pack of each period; see docs/compliance-evidence.md'),
  }),
  matchedBy('reconcile', ReconcileSettings.describe('of the matcher reconcile: what is held against what')),
])
export type JobSettings = z.infer<typeof JobSettings>
export type MatcherName = JobSettings['matcher']

/**
 * The schema to hold a job against. A matcher that there is none of is one mistake and hides no other: the job is then read as if the
 * one it looks most like stood there.
 */
export function jobSchema(matcher: unknown): z.ZodType<JobSettings> {
  const variants = JobSettings.options
  const names = variants.map(({ shape }) => shape.matcher.value)
  const known = names.find((name) => name === matcher)
  if (known !== undefined) return JobSettings
  const meant = nearMiss(String(matcher), names) ?? names[0]
  const nearest = variants.find(({ shape }) => shape.matcher.value === meant) ?? variants[0]
  return nearest.extend({ matcher: z.enum(names).pipe(z.never()) })
}
