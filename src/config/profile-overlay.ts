import { z } from 'zod'
import { Name } from './scalars.js'
import { EndpointSettings, Partner, Queue, WorkspaceSettings } from './workspace.js'

const { shape } = WorkspaceSettings

export const profileNames = shape.profile.options
export type ProfileName = (typeof profileNames)[number]

const otherwiseAsThere = 'without it as matchbook.yaml has it'
const otherwiseNone = 'without it there is none in this profile'

/**
 * profiles/test.yaml of a workspace that is production, or the other way round: what is otherwise there. Places are never taken over
 * from matchbook.yaml, so that nothing of one profile comes from or goes to the other by oversight. What is judged by (tolerances,
 * units, calendars, zone, currency) cannot be otherwise: a test would test something else.
 */
export const ProfileOverlay = z.strictObject({
  workspace: shape.workspace.optional().describe(`name shown on reports; ${otherwiseAsThere}`),
  state: shape.state.describe('where everything of this profile is kept; never where the other profile keeps its own'),
  archive: shape.archive.describe(
    'bucket of what was taken in; never the place of the other profile, and without it in the state folder of this one',
  ),
  endpoints: z
    .record(Name, EndpointSettings)
    .describe('every endpoint of matchbook.yaml, and where it is in this profile; never the same place'),
  identity: shape.identity.optional().describe(`our own ISA ids in this profile; ${otherwiseAsThere}`),
  partners: z
    .record(Name, Partner.partial())
    .optional()
    .describe(`what is otherwise with a partner, each key in place of the same key there; ${otherwiseAsThere}`),
  queues: z
    .record(Name, Queue.partial())
    .optional()
    .describe(`what is otherwise with a queue, each key in place of the same key there; ${otherwiseAsThere}`),
  deciders: shape.deciders.unwrap().optional().describe(`who may decide in this profile; ${otherwiseAsThere}`),
  roles: shape.roles.unwrap().optional().describe(`who may do what in this profile; ${otherwiseAsThere}`),
  contracts: shape.contracts.unwrap().optional().describe(`approval of contracts; ${otherwiseAsThere}`),
  'fail-on': shape['fail-on'].unwrap().optional().describe(`open exceptions that end run with 3; ${otherwiseAsThere}`),
  schedule: shape.schedule.unwrap().optional().describe(`how many runs at once and how often; ${otherwiseAsThere}`),
  privacy: shape.privacy.describe(`key of the keyed hashes; ${otherwiseAsThere}`),
  retention: shape.retention.describe(`what is purged, and when; ${otherwiseAsThere}`),
  backup: shape.backup.describe(`where backups go; ${otherwiseNone}`),
  metrics: shape.metrics.describe(`file for Prometheus; ${otherwiseNone}`),
  telemetry: shape.telemetry.describe(`what other systems are told; ${otherwiseNone}`),
  notify: shape.notify.describe(`who is told what; ${otherwiseNone}`),
})
export type ProfileOverlay = z.infer<typeof ProfileOverlay>

/** Never taken over: what a profile does not say of them, it has not. */
export const placeKeys = ['state', 'archive', 'endpoints', 'backup', 'metrics', 'telemetry', 'notify'] as const
/** Maps of which an entry is taken over key by key. */
export const entryKeys = ['partners', 'queues'] as const
