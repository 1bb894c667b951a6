import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { EndpointSettings, Redactor, SftpEndpoint, Workspace } from '../../config/index.js'
import { errorCatalogue, MatchbookError } from '../../errors/index.js'
import type { Examined } from '../../exchange/index.js'
import { openExamined } from '../compose.js'
import { oldAlgorithmsOf } from '../workspace/old-algorithms-allowed.js'
import { bad, badBy, type Check, good, warning } from './check.js'
import { clockCheck } from './clock.js'
import { folderChecks } from './folders.js'
import { foldersUsed } from './folders-used.js'

export interface Looking {
  /** Go to the servers at all. */
  readonly connect: boolean
  /** Try to write, by a file of our own that is removed again. */
  readonly write: boolean
}

/** Each endpoint, in the order in which a night would fail at it: name, port, host key, login, folders. What follows a failure is not tried. */
export async function endpoints(workspace: Workspace, looking: Looking, redactor: Redactor): Promise<Check[]> {
  const checks: Check[] = []
  for (const [name, settings] of Object.entries(workspace.settings.endpoints)) {
    checks.push(...algorithmsAllowed(name, settings))
    try {
      const examined = await openExamined(name, workspace, redactor)
      if (looking.connect) checks.push(...(await reached(name, settings, examined, workspace, looking)))
      else if (examined.unpinned !== undefined) checks.push(unpinned(name, examined.unpinned))
    } catch (error) {
      // A secret that is missing has been told of by itself.
      if (error instanceof MatchbookError && error.code === 'SECRET-MISSING') continue
      const isKey = error instanceof MatchbookError && error.code.startsWith('HOST-KEY')
      checks.push(badBy(`${name}: ${isKey ? 'host key' : 'login'}`, error))
    }
  }
  return checks
}

const unpinned = (name: string, says: string): Check =>
  bad(
    `${name}: host key`,
    says,
    'Run matchbook doctor --connect, compare the fingerprint it shows with the partner by telephone, and add the line it shows',
    'HOST-KEY-UNKNOWN',
  )

function algorithmsAllowed(name: string, settings: EndpointSettings): Check[] {
  const allowed = oldAlgorithmsOf(settings)
  if (allowed === undefined) return []
  const remedy = `Ask the partner to switch on modern algorithms, then remove algorithms from endpoint ${name}`
  return [warning(`${name}: algorithms`, `the settings allow ${allowed}`, remedy)]
}

async function reached(
  name: string,
  settings: EndpointSettings,
  examined: Examined,
  workspace: Workspace,
  { write }: Looking,
): Promise<Check[]> {
  const { endpoint } = examined
  const way = settings.kind === 'local' ? await openedFolder(name, examined) : await loggedIn(name, settings, examined)
  if (way.some(({ state }) => state === 'bad')) return way
  try {
    const used = foldersUsed(workspace).filter((one) => one.endpoint === name)
    const { checks, clock } = await folderChecks(examined, used, write)
    return [...way, ...checks, clockCheck(name, settings, clock, write)]
  } catch (error) {
    // The connection broke while we looked.
    return [...way, badBy(`${name}: connection`, error)]
  } finally {
    await endpoint.close()
  }
}

async function openedFolder(name: string, { endpoint }: Examined): Promise<Check[]> {
  try {
    await endpoint.connect()
    return [good(`${name}: folder`, 'opens')]
  } catch (error) {
    return [badBy(`${name}: folder`, error, `Make the folder that endpoint ${name} names, and let matchbook read it`)]
  }
}

async function loggedIn(name: string, settings: SftpEndpoint, examined: Examined): Promise<Check[]> {
  const { host, port, username } = settings
  const [subjectOfName, subjectOfPort, subjectOfKey, subjectOfLogin] = ['name', 'port', 'host key', 'login'].map(
    (what) => `${name}: ${what}`,
  ) as [string, string, string, string]
  const checks: Check[] = []
  try {
    const found = await lookup(host, { all: true })
    if (isIP(host) === 0)
      checks.push(good(subjectOfName, `${host} is ${found.map(({ address }) => address).join(', ')}`))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    const remedy =
      'Check the spelling of host in matchbook.yaml; if it is right, the name service of this machine or network is down: call the network team'
    return [bad(subjectOfName, `${host} has no address${code}`, remedy, 'CONNECT-FAILED')]
  }
  const answers = good(subjectOfPort, `${host}:${port} answers`)
  const key = good(subjectOfKey, 'is the pinned one')
  try {
    await examined.endpoint.connect()
  } catch (error) {
    if (!(error instanceof MatchbookError)) throw error
    if (error.code === 'CONNECT-FAILED') return [...checks, badBy(subjectOfPort, error, whyNoPort(error, host, port))]
    if (error.code.startsWith('HOST-KEY')) return [...checks, answers, badBy(subjectOfKey, error)]
    if (error.facts.missing !== undefined) return [...checks, answers, badBy(`${name}: algorithms`, error)]
    return [...checks, answers, key, badBy(subjectOfLogin, error)]
  }
  checks.push(answers, key, good(subjectOfLogin, `${username} is let in`))
  const old = examined.oldAlgorithms()
  const remedy = 'Ask the partner to switch on modern algorithms: what is sent can be read by who records it today'
  checks.push(
    old.length === 0
      ? good(`${name}: algorithms in use`, 'modern ones')
      : warning(`${name}: algorithms in use`, `old: ${old.join(', ')}`, remedy),
  )
  return checks
}

/** The remedy by how the connection failed; codes of connect(2). */
function whyNoPort({ cause, message, hint }: MatchbookError, host: string, port: number): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const text = `${code} ${message}`
  if (text.includes('ECONNREFUSED')) {
    return `Nothing listens at ${host}:${port}: check port in matchbook.yaml, then ask the partner whether the server is up; work is queued meanwhile`
  }
  if (/ETIMEDOUT|no connection within|EHOSTUNREACH|ENETUNREACH/.test(text)) {
    return `No answer from ${host}:${port}: ask the network team whether the firewall lets this machine out to it, then the partner whether our address is let in`
  }
  if (hint !== errorCatalogue['CONNECT-FAILED'].hint) return hint
  return `Something answers at ${host}:${port} but breaks off before we log in: check that it is the SFTP port (FTPS and web ports are not), then ask the partner whether our address is blocked`
}
