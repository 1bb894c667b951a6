import { z } from 'zod'
import { AlgorithmsSetting } from './algorithms-setting.js'
import { ArchiveSettings } from './archive.js'
import { delivery } from './delivery.js'
import { NotifySettings } from './notify.js'
import { PartnerGuide } from './partner-guide.js'
import { Retention } from './retention.js'
import { Roles } from './roles.js'
import { DecimalSetting, Id, IsoDate, LocalTime, Name, SecretReference, TimeOfDay } from './scalars.js'
import { StateSettings } from './state.js'
import { Telemetry } from './telemetry.js'

const HostKey = z
  .union([
    z.strictObject({
      'known-hosts': z.string().min(1).describe('path of a known_hosts file, relative to the workspace'),
    }),
    z.strictObject({
      fingerprint: z
        .string()
        .regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, 'a fingerprint as ssh-keygen -l prints it: SHA256:...')
        .describe('of the host key, as ssh-keygen -l prints it'),
    }),
  ])
  .describe('the pinned host key; a server that shows another one is refused')

const Login = z
  .union([
    z.strictObject({
      key: SecretReference.describe('the private key, OpenSSH or PEM'),
      passphrase: SecretReference.optional().describe('of the private key'),
    }),
    z.strictObject({ password: SecretReference.describe('the password') }),
    z.strictObject({ agent: SecretReference.describe('socket of the ssh agent, for example env: SSH_AUTH_SOCK') }),
  ])
  .describe('key, password or agent')

const Retry = z
  .strictObject({
    'pause-seconds': z
      .number()
      .min(0)
      .max(600)
      .default(1)
      .describe('before the second try; doubled before each further one, and up to half of it taken off by chance'),
    'longest-pause-seconds': z.number().min(0).max(3600).default(30).describe('no pause is longer'),
    budget: z.int().min(0).max(1000).default(20).describe('new tries of everything together in one run'),
  })
  .prefault({})
  .describe('how what broke off is tried again; a refused login or file is not')

const Circuit = z
  .strictObject({
    'after-runs': z.int().min(1).max(100).default(3).describe('runs in a row that found it down'),
    'open-minutes': z.int().min(1).max(10_080).default(30).describe('how long it is left alone; doubled each time'),
    'longest-open-minutes': z.int().min(1).max(10_080).default(240).describe('no such time is longer'),
  })
  .prefault({})
  .describe(
    'when an endpoint that stays down is left alone for a while; the next run then tries, and closes it or opens it again',
  )
export type Circuit = z.infer<typeof Circuit>

export const SftpEndpoint = z.strictObject({
  kind: z.literal('sftp').describe('a server'),
  host: z.string().min(1).describe('name or address'),
  port: z.int().min(1).max(65535).default(22).describe('TCP port'),
  username: z.string().min(1).describe('account to log in with'),
  'host-key': HostKey,
  login: Login,
  algorithms: AlgorithmsSetting.default('modern'),
  'connect-seconds': z.int().min(1).max(600).default(20).describe('to connect and log in'),
  'idle-seconds': z
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .describe('a single request without an answer for so long ends the connection'),
  tries: z
    .int()
    .min(1)
    .max(20)
    .default(3)
    .describe('tries to connect or to transfer before the endpoint is given up for this run'),
  retry: Retry,
  circuit: Circuit,
  'upload-kib-per-second': z
    .int()
    .min(1)
    .max(10_485_760)
    .optional()
    .describe('files are sent no faster, all together; without it as fast as it goes'),
  'sync-uploads': z
    .boolean()
    .default(true)
    .describe('the server is asked to write each file to its disk before the file gets its name, where it can'),
  transfers: z.int().min(1).max(256).default(64).describe('files under way at once'),
})
export type SftpEndpoint = z.infer<typeof SftpEndpoint>

export const LocalEndpoint = z.strictObject({
  kind: z.literal('local').describe('a folder of this machine'),
  folder: z.string().min(1).describe('relative to the workspace, or absolute'),
})
export type LocalEndpoint = z.infer<typeof LocalEndpoint>

export const EndpointSettings = z.discriminatedUnion('kind', [SftpEndpoint, LocalEndpoint])
export type EndpointSettings = z.infer<typeof EndpointSettings>

export const IsaId = z.strictObject({
  qualifier: z.string({ error: 'a qualifier in quotes, for example "01"' }).length(2).describe('ISA05 / ISA07'),
  id: Id.max(15, 'at most 15 characters, as ISA06 and ISA08 hold').describe('ISA06 / ISA08, without trailing spaces'),
})

const FirstNumber = z.int({ error: 'a number from 1 to 999999999' }).min(1).max(999_999_999).default(1)

/** What BAK02 says of the order and of lines that the 855 leaves out. */
const acknowledgmentMeanings = ['full-detail', 'exceptions-only', 'accepted', 'rejected', 'on-hold'] as const

/** What is agreed with a partner about answers to our orders. */
export const PartnerAcknowledgments = z.strictObject({
  expected: z.boolean().default(true).describe('false: this partner sends no 855, and none is missed'),
  hours: z
    .int()
    .min(0)
    .max(8760)
    .optional()
    .describe(
      'an 855 must be here so many hours after the end of the PO date; without it acknowledgment-hours of the job',
    ),
  calendar: Name.optional().describe(
    "the partner's working time, in which the hours count; without it every hour counts",
  ),
  types: z
    .record(
      z.string({ error: 'a code in quotes, for example "AC"' }).regex(/^[A-Z0-9]{2}$/, 'a BAK02 code'),
      z.enum(acknowledgmentMeanings),
    )
    .default({})
    .describe(
      'what a BAK02 means where this partner uses it otherwise. full-detail: a line left out is not confirmed; exceptions-only: it is accepted; accepted: all is; rejected: nothing is; on-hold: all waits',
    ),
})
export type PartnerAcknowledgments = z.infer<typeof PartnerAcknowledgments>

/** What is agreed with a partner about control numbers and acknowledgments. */
export const PartnerX12 = z.strictObject({
  acknowledge: z
    .enum(['none', '997', '999'], { error: 'none, "997" or "999", the numbers in quotes' })
    .default('none')
    .describe('what each group of this partner is answered with; acknowledgments themselves never are'),
  'acknowledge-version': z
    .string({ error: 'a version in quotes, for example "004010"' })
    .regex(/^\d{6}[A-Z0-9]{0,6}$/, 'a version as GS08 has it, for example "004010" or "005010X231A1"')
    .optional()
    .describe('GS08 of the 997 or 999; without it 004010 for a 997 and 005010X231A1 for a 999'),
  ta1: z
    .enum(['never', 'asked', 'always'])
    .default('never')
    .describe(
      'answer to each interchange as a whole: never; asked: where ISA14 asks for it, or it is refused as a whole; always',
    ),
  versions: z
    .array(
      z
        .string({ error: 'a version in quotes, for example "004010"' })
        .regex(/^\d{6}/, 'a version, for example "004010"'),
    )
    .min(1)
    .optional()
    .describe('what GS08 may begin with; a group of another version is refused. Without it any version is read'),
  check: z
    .enum(['none', 'standard'])
    .default('none')
    .describe('hold each transaction set against its guide: segments, loops, elements, codes'),
  'reject-on': z
    .enum(['unreadable', 'any-error'])
    .default('unreadable')
    .describe('a transaction set is refused when it cannot be used, or already when anything in it is wrong'),
  'send-to': z
    .strictObject({
      endpoint: Name.describe('where'),
      folder: z.string().min(1).describe('folder at the endpoint'),
      ...delivery,
      'file-name': z
        .string()
        .regex(
          /^(?=.*\{control\})(?:[A-Za-z0-9._-]|\{(?:partner|theirs|ours|set|control|date|time)\})+$/,
          'letters, digits, ".", "-", "_", and {partner}, {theirs}, {ours}, {set}, {control}, {date}, {time}; {control} must be in it',
        )
        .default('{theirs}-{ours}-{set}-{control}.edi')
        .describe(
          '{control} is the interchange control number, which counts between their ISA id and ours: {theirs}, {ours}; {set} is TA1, 997 or 999, {partner} the name used here',
        ),
    })
    .optional()
    .describe('where our acknowledgments for this partner go'),
  'answer-hours': z
    .int()
    .min(1)
    .max(720)
    .optional()
    .describe(
      'the partner answers what we send within so many hours, or X12-ACK-OVERDUE; without it no answer is awaited',
    ),
  sequence: z
    .enum(['strict', 'gaps-allowed'])
    .default('strict')
    .describe('strict: the partner numbers its interchanges to us 1, 2, 3, and a number that is missing is asked for'),
  'group-sequence': z
    .enum(['not-checked', 'over-all', 'by-kind'])
    .default('not-checked')
    .describe(
      'whether a group control number (GS06) that is missing is asked for: over-all: the partner numbers all its groups to us in one row; by-kind: those of each GS01 apart',
    ),
  'first-numbers': z
    .strictObject({
      interchange: FirstNumber.describe('ISA13 of the first'),
      group: FirstNumber.describe('GS06 of the first'),
    })
    .optional()
    .describe(
      'where our control numbers to this partner begin, for one that was served by another system before; set later, they jump there and go on. Never lower than what was used',
    ),
  guides: z
    .array(PartnerGuide)
    .default([])
    .describe('what this partner wants otherwise than the standard, by transaction set; see docs/x12-guides.md'),
})
export type PartnerX12 = z.infer<typeof PartnerX12>

export const Partner = z.strictObject({
  name: z.string().min(1).describe('as reports show it'),
  isa: z.array(IsaId).min(1).describe('how the partner identifies itself in ISA05 and ISA06'),
  vendors: z
    .array(
      z.strictObject({
        company: Id.optional().describe('only in this company'),
        vendor: Id.describe('ERP vendor number'),
      }),
    )
    .min(1)
    .describe('ERP vendor numbers this partner may bill as'),
  terms: z
    .strictObject({
      'discount-percent': DecimalSetting.optional().describe('ITD03'),
      'discount-days': z.int().min(0).optional().describe('ITD05'),
      'net-days': z.int().min(0).optional().describe('ITD07'),
    })
    .optional()
    .describe('agreed payment terms; compared with ITD'),
  'freight-limit': DecimalSetting.optional().describe(
    'freight and handling allowed per invoice where the PO does not say',
  ),
  'tax-exempt': z
    .boolean()
    .default(true)
    .describe('true: any tax billed is questioned, but on PO lines that say they are taxable'),
  acknowledgments: PartnerAcknowledgments.prefault({}).describe('how this partner answers orders (855)'),
  x12: PartnerX12.optional().describe('control numbers and acknowledgments; without it nothing is acknowledged'),
})
export type Partner = z.infer<typeof Partner>

export const Queue = z.strictObject({
  owner: z.string().min(1).describe('the person or team that answers for the queue'),
  email: z.string().optional().describe('where the owner is reached'),
  calendar: Name.optional().describe('calendar whose hours count towards the due time; without it every hour counts'),
  escalate: z
    .array(
      z.strictObject({
        'after-hours': z.int().min(0).max(8760).describe('hours after the due time, counted in the calendar'),
        to: z.string().min(1).describe('the person or team that answers for it from then on'),
      }),
    )
    .default([])
    .describe('who answers for exceptions that are overdue, step by step'),
})
export type Queue = z.infer<typeof Queue>

export const Decider = z.strictObject({
  who: z
    .array(z.string().min(1))
    .min(1)
    .describe('names as they stand in Decided by or after --as, or logins; capitals do not count'),
  queues: z.array(Name).min(1).optional().describe('only exceptions of these queues'),
  codes: z.array(z.string()).min(1).optional().describe('only these exception codes'),
  decisions: z.array(z.string()).min(1).optional().describe('only these decisions'),
  'up-to': DecimalSetting.optional().describe(
    'money at risk up to which they decide alone; beyond it another decider of the same must agree. Without it any amount',
  ),
})
export type Decider = z.infer<typeof Decider>

export const toleranceRules = [
  'price',
  'quantity-ordered',
  'quantity-received',
  'extended-amount',
  'total',
  'freight',
  'tax',
  'contract-price',
  'labor-hours',
  'quantity-acknowledged',
  'promised-date',
] as const

const ToleranceSide = z
  .union([
    z
      .enum(['off', 'zero', 'unlimited'])
      .describe('off: not checked; zero: nothing is allowed; unlimited: everything is allowed'),
    z.strictObject({
      percent: DecimalSetting.optional().describe('percent of the expected value'),
      absolute: DecimalSetting.optional().describe('in the unit of the rule: money per unit, quantity, money or days'),
      combine: z
        .enum(['stricter', 'looser'])
        .default('stricter')
        .describe('when both are given: both must hold, or one of them'),
    }),
  ])
  .describe('what one side allows')

export const Tolerance = z.strictObject({
  rule: z.enum(toleranceRules).describe('what is compared'),
  company: Id.optional().describe('only in this company'),
  supplier: Id.optional().describe('ERP vendor number'),
  category: Id.optional().describe('spend category'),
  item: Id.optional().describe('ERP item number'),
  over: ToleranceSide.describe('what may be above the expected value'),
  under: ToleranceSide.describe('what may be below it'),
})
export type Tolerance = z.infer<typeof Tolerance>

/** Tolerances in a file of their own, written as matchbook.yaml writes them. */
export const ToleranceOverlay = z.strictObject({
  tolerances: z
    .array(Tolerance)
    .describe(
      'in place of those of matchbook.yaml; the most specific entry wins: item, then category, supplier, company',
    ),
})
export type ToleranceOverlay = z.infer<typeof ToleranceOverlay>

export const Calendar = z.strictObject({
  days: z
    .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
    .min(1)
    .describe('working days'),
  from: TimeOfDay.default('08:00').describe('start of the working day, local time'),
  to: TimeOfDay.default('17:00').describe('end of the working day, local time'),
  holidays: z.array(IsoDate).default([]).describe('days on which nobody works'),
  blackouts: z
    .array(
      z.strictObject({
        from: LocalTime.describe('local time'),
        to: LocalTime.describe('local time; what was to begin in between begins then'),
        reason: z.string().min(1).describe('for people'),
      }),
    )
    .default([])
    .describe('times in which no scheduled job begins'),
})
export type Calendar = z.infer<typeof Calendar>

/** matchbook.yaml */
export const WorkspaceSettings = z.strictObject({
  workspace: z.string().min(1).describe('name of the organisation, shown on reports'),
  profile: z
    .enum(['test', 'production'])
    .describe('test takes interchanges marked T, production those marked P (ISA15)'),
  timezone: z.string().min(1).describe('IANA zone for dates and due times, for example America/Chicago'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'an ISO 4217 code, for example USD')
    .describe('currency of amounts that name none'),
  state: StateSettings,
  archive: ArchiveSettings.optional(),
  identity: z
    .array(
      z.strictObject({
        isa: IsaId.describe('a receiver id partners send to'),
        company: Id.optional().describe('company this receiver id stands for'),
      }),
    )
    .min(1)
    .describe('our own ISA ids: interchanges for anyone else are refused'),
  endpoints: z.record(Name, EndpointSettings).describe('places where files are exchanged, by name'),
  partners: z.record(Name, Partner).describe('who sends X12, by name'),
  queues: z.record(Name, Queue).describe('who decides about exceptions, by name'),
  exceptions: z
    .record(
      z.string(),
      z.strictObject({
        queue: Name.optional().describe('who decides'),
        'sla-hours': z.int().min(0).optional().describe('hours to decide, counted in the calendar of the queue'),
        statuses: z
          .record(z.string(), Name)
          .default({})
          .describe(
            'of what an acknowledgment says: its status (ACK01, or BAK02 of a whole order), and who decides about it, for example R1: contracts',
          ),
      }),
    )
    .default({})
    .describe('per code: another queue or time to decide than the catalogue gives'),
  deciders: z
    .array(Decider)
    .default([])
    .describe('who may decide about exceptions; without any, everybody may decide everything'),
  roles: Roles,
  contracts: z
    .strictObject({
      approval: z
        .enum(['recorded', 'required'])
        .default('recorded')
        .describe(
          'recorded: a changed contract is in force at once, and the audit chain has the change; required: the version approved last stays in force until somebody approves the new one',
        ),
    })
    .prefault({})
    .describe('of extracts; see docs/contracts.md'),
  tolerances: z
    .array(Tolerance)
    .default([])
    .describe('the most specific entry wins: item, then category, supplier, company'),
  calendars: z.record(Name, Calendar).default({}).describe('working hours, by name'),
  units: z
    .strictObject({
      capitals: z
        .boolean()
        .default(false)
        .describe(
          'true: a unit in small letters is the one in capitals, in documents and extracts alike; false: it is another one',
        ),
      aliases: z
        .record(z.string(), z.string())
        .default({})
        .describe('what partners and extracts write: the unit code it stands for'),
      conversions: z
        .array(
          z.strictObject({
            from: z.string().describe('unit'),
            to: z.string().describe('unit'),
            factor: DecimalSetting.describe('how many to are in one from'),
          }),
        )
        .default([])
        .describe('true for every item: one from is so many to'),
    })
    .default({ capitals: false, aliases: {}, conversions: [] })
    .describe('units of measure (element 355)'),
  'fail-on': z
    .enum(['any', 'error', 'critical', 'none'])
    .default('none')
    .describe('which open exceptions make run end with exit code 3'),
  schedule: z
    .strictObject({
      'at-once': z
        .int()
        .min(1)
        .max(16)
        .default(1)
        .describe('jobs that schedule start, or a worker, lets run side by side'),
      tries: z
        .int()
        .min(1)
        .max(100)
        .default(8)
        .describe('a worker gives up what was killed or cut off so often, until somebody says: work retry'),
      'retry-seconds': z
        .int()
        .min(1)
        .max(900)
        .default(15)
        .describe('before it is tried the second time; doubled each time, up to 15 minutes'),
    })
    .prefault({})
    .describe('of all jobs; when each runs stands in its own file'),
  backup: z
    .strictObject({
      folder: z
        .string()
        .min(1)
        .describe('holds a folder for each; relative to the workspace, or absolute, best on another disk'),
    })
    .optional()
    .describe('where matchbook backup puts what it copies'),
  metrics: z
    .strictObject({
      file: z
        .string()
        .min(1)
        .regex(/\.prom$/, 'a file that ends with .prom, as the node exporter wants it')
        .describe('replaced after each run; relative to the workspace, or absolute'),
    })
    .optional()
    .describe('measures for Prometheus; without it only matchbook metrics gives them'),
  telemetry: Telemetry.optional().describe('what other systems are told of runs; see docs/telemetry.md'),
  notify: NotifySettings.optional().describe(
    'who is told what by e-mail, webhook or file; without it nobody. See docs/notifications.md',
  ),
  privacy: z
    .strictObject({ key: SecretReference.describe('the key, at least 32 characters that nobody can guess') })
    .optional()
    .describe('turns identities into keyed hashes; contracts with the transform keyed-hash need it'),
  retention: Retention.optional().describe('what is purged, and when; without it everything is kept'),
})
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>
