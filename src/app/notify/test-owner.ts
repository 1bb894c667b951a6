import { randomUUID } from 'node:crypto'
import { ExitCode, MatchbookError, nearMiss } from '../../errors/index.js'
import { NotSent, noticeWords } from '../../outputs/notify/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import type { Tools } from '../tools.js'
import { ownersReached, type Recipient, recipientsOf } from './owners.js'

export interface TestRequest extends Omit<ToolOptions, 'dryRun'> {
  readonly owner: string
}

export interface TestOutcome {
  readonly owner: string
  readonly channels: readonly {
    readonly channel: string
    /** E-mail addresses; empty for other channels. */
    readonly to: readonly string[]
    /** Null: it was taken. */
    readonly error: string | null
  }[]
  readonly exit: ExitCode
}

/** Sends a test to an owner by each channel now, and says what came of it. Nothing is queued. @throws OWNER-UNKNOWN */
export async function testOwner(request: TestRequest): Promise<TestOutcome> {
  const tools = await openTools({ ...request, dryRun: false }, 'notify')
  try {
    const { settings } = tools.workspace
    const known = ownersReached(settings)
    const owner = known.find((name) => name.toLowerCase() === request.owner.toLowerCase())
    if (owner === undefined) throw unknownOwner(request.owner, known)
    const tried = await Promise.all(
      recipientsOf(owner, settings).map(async (recipient) => ({
        channel: recipient.channel,
        to: recipient.to,
        error: await errorOf(owner, recipient, tools),
      })),
    )
    const isFailed = tried.some(({ error }) => error !== null)
    return { owner, channels: tried, exit: isFailed ? ExitCode.transportFailed : ExitCode.done }
  } finally {
    await tools.close()
  }
}

function unknownOwner(owner: string, known: readonly string[]): MatchbookError {
  const meant = nearMiss(owner, known)
  const all = known.length === 0 ? 'nobody is reached yet' : `reached are ${known.join(', ')}`
  return new MatchbookError('OWNER-UNKNOWN', `nothing says how "${owner}" is reached; ${all}`, {
    ...(meant === undefined ? {} : { hint: `Did you mean "${meant}"?` }),
  })
}

async function errorOf(owner: string, { channel: name, to }: Recipient, tools: Tools): Promise<string | null> {
  const { workspace: organisation, timezone } = tools.workspace.settings
  const notice = { kind: 'test', at: tools.now() } as const
  try {
    const channel = await tools.channel(name)
    try {
      const id = `mb-${randomUUID().replaceAll('-', '')}`
      const message = { id, answers: null, kind: notice.kind, owner, organisation, ...noticeWords(notice, timezone) }
      await channel.send(message, to)
      return null
    } finally {
      channel.close()
    }
  } catch (error) {
    if (error instanceof NotSent) return error.message
    if (error instanceof MatchbookError) return `${error.code}: ${error.message}`
    throw error
  }
}
