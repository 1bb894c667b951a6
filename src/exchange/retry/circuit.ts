import type { ErrorCode } from '../../errors/index.js'

/** An endpoint that is down: what the runs that found it so remember of it, until one finds it up again. */
export interface Circuit {
  /** Runs in a row that found it down. */
  readonly failures: number
  /** The last run that spoke of it. */
  readonly run: string
  /** When the first of them found it down; ISO instants. */
  readonly since: string
  /** It is left alone until then; null while the runs are too few for that. */
  readonly openUntil: string | null
  readonly code: ErrorCode
  readonly message: string
}

export interface CircuitRules {
  /** Runs in a row after which it opens. */
  readonly after: number
  /** Minutes it stays open, doubled with every further run that finds the endpoint down, and at most. */
  readonly open: number
  readonly longest: number
}

/** `half-open`: it was open and the time is over, so that the next one to ask is the probe. */
export type CircuitState = 'closed' | 'open' | 'half-open'

export function circuitState(
  circuit: Pick<Circuit, 'openUntil'> | undefined,
  { longest }: Pick<CircuitRules, 'longest'>,
  now: string,
): CircuitState {
  if (circuit === undefined || circuit.openUntil === null) return 'closed'
  const left = Date.parse(circuit.openUntil) - Date.parse(now)
  // Longer than it may be: the clock was ahead when it opened, and has been put back.
  return left > 0 && left <= longest * 60_000 ? 'open' : 'half-open'
}

/** A run found the endpoint down; it counts once, however often it did. */
export function afterFailure(
  before: Circuit | undefined,
  found: Pick<Circuit, 'run' | 'code' | 'message'>,
  rules: CircuitRules,
  now: string,
): Circuit {
  const failures = (before?.failures ?? 0) + (before?.run === found.run ? 0 : 1)
  const minutes = Math.min(rules.longest, rules.open * 2 ** (failures - rules.after))
  const openUntil = failures < rules.after ? null : new Date(Date.parse(now) + minutes * 60_000).toISOString()
  return { ...found, failures, since: before?.since ?? now, openUntil }
}
