import { type ErrorCode, errorCatalogue, MatchbookError } from '../errors/index.js'
import { afterFailure, type Circuit, type CircuitRules, circuitState } from '../exchange/index.js'
import { appendAudit, type CircuitRow, circuitOf, forgetCircuit, saveCircuit } from '../state/index.js'
import { noteOperators } from './notify/note-operators.js'
import type { Failure } from './run-summary.js'
import type { Tools } from './tools.js'

/** Who asks something of endpoints: a run, or a person by hand. */
export interface Asking {
  /** Of the run; what one run finds is counted once. */
  readonly id: string
  /** By hand, or a run that is taken up again: every endpoint is asked anew, also one that is left alone. */
  readonly insists?: boolean
  /** Runs that are one night: what they find is counted once for all of them. */
  readonly countedAs?: string
}

/** Why an endpoint is not asked. Without a failure this run found it down already, and said so. */
export interface Refusal {
  readonly code: ErrorCode
  readonly failure?: Failure
}

/** What a setting of ours mends: the next run asks again, since waiting spares nobody. */
const mendedHere: ReadonlySet<ErrorCode> = new Set(['HOST-KEY-MISMATCH', 'HOST-KEY-UNKNOWN', 'SECRET-MISSING'])

/** Undefined when the endpoint may be asked; else it is down, and what the run has to say about it, once. */
export async function refusalOf(endpoint: string, asking: Asking, tools: Tools): Promise<Refusal | undefined> {
  const { database } = tools.state
  const row = await circuitOf(database, endpoint)
  if (row === undefined || asking.insists) return undefined
  const code = row.code as ErrorCode
  if (row.run === countedAs(asking)) return { code }
  if (mendedHere.has(code)) return undefined
  if (circuitState({ openUntil: row.open_until }, circuitRules(endpoint, tools), tools.now()) !== 'open')
    return undefined
  // What pulls and each push of this run come upon again, they need not say again.
  await saveCircuit(database, { ...row, run: countedAs(asking) })
  const message = `down since ${row.since}, found so by ${row.failures} runs; left alone until ${row.open_until}. ${row.message}`
  return { code, failure: { subject: endpoint, code, message, hint: errorCatalogue[code].hint } }
}

/** A run found the endpoint down. The first one to do so writes it into the audit chain, and no other until it has healed. */
export async function foundDown(
  endpoint: string,
  { code, message }: Pick<Failure, 'code' | 'message'>,
  asking: Asking,
  tools: Tools,
): Promise<void> {
  await assertNotAway(tools)
  const now = tools.now()
  await tools.state.database.transaction().execute(async (database) => {
    const row = await circuitOf(database, endpoint)
    const circuit = afterFailure(
      row && toCircuit(row),
      { run: countedAs(asking), code, message },
      circuitRules(endpoint, tools),
      now,
    )
    const { failures, run, since, openUntil: open_until } = circuit
    await saveCircuit(database, { endpoint, failures, run, since, open_until, code, message })
    if (row !== undefined) return
    const detail = { run, code, message }
    await appendAudit(database, { at: now, actor: 'exchange', action: 'endpoint is down', subject: endpoint, detail })
    const { title } = errorCatalogue[code]
    const notice = { kind: 'endpoint-down', endpoint, code, title, since } as const
    await noteOperators(database, notice, downSince(endpoint, since), tellingOf(tools, now))
  })
}

/**
 * What a machine that was cut off itself could not reach is no failure of anybody else: its run is cut off, and gone on with there or
 * elsewhere.
 * @throws STATE-UNREACHABLE
 */
export async function assertNotAway({ state }: Pick<Tools, 'state'>): Promise<void> {
  if (!(await state.wasAway())) return
  throw new MatchbookError(
    'STATE-UNREACHABLE',
    `${state.place} was not heard of while endpoints could not be reached: it is this machine that was cut off`,
    { facts: { place: state.place } },
  )
}

/** The endpoint answers. @returns what there is to say where it was down before */
export async function foundUp(endpoint: string, asking: Asking, tools: Tools): Promise<string | undefined> {
  const { database } = tools.state
  if ((await circuitOf(database, endpoint)) === undefined) return undefined
  const at = tools.now()
  return database.transaction().execute(async (transaction) => {
    const row = await circuitOf(transaction, endpoint)
    if (row === undefined) return undefined
    const { since, failures, code } = row
    await forgetCircuit(transaction, endpoint)
    const detail = { run: asking.id, since, runs: failures, code }
    await appendAudit(transaction, { at, actor: 'exchange', action: 'endpoint healed', subject: endpoint, detail })
    const about = downSince(endpoint, since)
    const notice = { kind: 'endpoint-healed', endpoint, since, healedAt: at } as const
    const answers = { kind: 'endpoint-down', subject: about } as const
    await noteOperators(transaction, notice, about, tellingOf(tools, at), answers)
    tools.log.info({ run: asking.id, endpoint, since, runs: failures }, 'endpoint healed')
    return `${endpoint} answers again: it was down since ${since} (${code}), in ${failures} ${failures === 1 ? 'run' : 'runs'}`
  })
}

const countedAs = ({ id, countedAs: name }: Asking): string => name ?? id

/** Two times down are two. */
const downSince = (endpoint: string, since: string): string => `${endpoint} since ${since}`

const tellingOf = ({ workspace }: Tools, now: string) => ({ settings: workspace.settings, now, run: null })

const toCircuit = ({ failures, run, since, open_until, code, message }: CircuitRow): Circuit => ({
  failures,
  run,
  since,
  openUntil: open_until,
  code: code as ErrorCode,
  message,
})

/** A folder is there or not and costs nothing to ask: it is never left alone. */
export function circuitRules(endpoint: string, { workspace }: Pick<Tools, 'workspace'>): CircuitRules {
  const settings = workspace.settings.endpoints[endpoint]
  if (settings?.kind !== 'sftp') return { after: Number.POSITIVE_INFINITY, open: 0, longest: 0 }
  const { circuit } = settings
  return { after: circuit['after-runs'], open: circuit['open-minutes'], longest: circuit['longest-open-minutes'] }
}
