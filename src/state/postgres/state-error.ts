import { MatchbookError, reasonOf } from '../../errors/index.js'

/** PostgreSQL's and the network's own codes as what the operator must do; anything else comes back as it is. */
export function stateError(error: unknown, place: string): unknown {
  if (error instanceof MatchbookError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  const as = (matchbook: ConstructorParameters<typeof MatchbookError>[0]) =>
    new MatchbookError(matchbook, `${place}: ${reasonOf(error)}`, { cause: error, facts: { place }, ...hints[code] })
  if (code === '55P03') return as('STATE-LOCKED')
  if (/^(28|3D000|42501|3F000)/.test(code) || /client password must be/.test(error.message)) return as('STATE-REFUSED')
  if (code === '53100') return as('DISK-FULL')
  if (code === '58030') return as('DISK-FAILED')
  if (/^XX00[12]/.test(code)) return as('STATE-CORRUPT')
  if (isLoss(code, error.message)) return as('STATE-UNREACHABLE')
  return error
}

const hints: Readonly<Record<string, { readonly hint: string }>> = {
  '53300': {
    hint: 'Have max_connections raised, or fewer runs at once: each has two connections. Nothing was lost; then: matchbook retry, or let the schedule go on',
  },
  '25006': {
    hint: 'The server is a stand-by, or set to be read only: have the address lead to the one that is written to. Nothing was lost; then: matchbook retry, or let the schedule go on',
  },
}

/**
 * 40: it was rolled back for another's sake, 08: connection, 57P: the server goes down or is not up yet, 53300: it has no connection left,
 * 25P03: idle for too long.
 */
const isLoss = (code: string, message: string): boolean =>
  /^(40|08|57P0|53300|25P03|25006)/.test(code) ||
  /^E(CONN|NOTFOUND|AI_AGAIN|PIPE|HOST|NET|TIMEDOUT|NOENT)/.test(code) ||
  /connection (terminated|error)|timeout exceeded when trying to connect|query read timeout|not queryable|SSL/i.test(
    message,
  )
