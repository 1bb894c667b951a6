import { readFile } from 'node:fs/promises'
import { DateTime } from 'luxon'
import { MatchbookError } from '../../errors/index.js'
import { type IsaParty, type MadeFile, type MakeOptions, makeFile } from './make-file.js'

export interface MakeRequest {
  /** "-" is standard input. */
  readonly file: string
  readonly workspace: string | undefined
  /** Name in the workspace: its ids, and the next control numbers from the store. */
  readonly partner: string | undefined
  readonly sender: string | undefined
  readonly receiver: string | undefined
  readonly version: string | undefined
  readonly usage: 'P' | 'T' | undefined
  readonly control: number | undefined
  readonly groupControl: number | undefined
  readonly delimiters: NonNullable<MakeOptions['delimiters']>
  /** Keeps what was made. A control number counts as used only when this has come back. */
  readonly keep: (made: MadeFile) => Promise<void>
}

/** @throws USAGE, X12-WRITE, WORKSPACE-NOT-FOUND */
export async function make(request: MakeRequest): Promise<MadeFile> {
  const json = await readJson(request.file)
  const now = DateTime.now()
  const { version, usage, delimiters } = request
  const given = {
    ...(request.sender === undefined ? {} : { sender: isaParty('--sender', request.sender) }),
    ...(request.receiver === undefined ? {} : { receiver: isaParty('--receiver', request.receiver) }),
    ...(version === undefined ? {} : { version }),
    ...(usage === undefined ? {} : { usage }),
    delimiters,
    date: now.toFormat('yyyy-MM-dd'),
    time: now.toFormat('HHmm'),
  }
  if (request.partner !== undefined) {
    const { makeForPartner } = await import('./make-for-partner.js')
    return makeForPartner(json, { ...request, partner: request.partner, given })
  }
  const { control } = request
  if (control === undefined) {
    throw new MatchbookError('USAGE', '--control is needed: the control number of the interchange', {
      hint: 'Give --control N, or --partner NAME in a workspace, which counts for you',
    })
  }
  const made = await makeFile(json, { ...given, control, groupControls: [request.groupControl ?? control] })
  await request.keep(made)
  return made
}

async function readJson(file: string): Promise<unknown> {
  const text = await (file === '-' ? standardInput() : readFile(file, 'utf8')).catch((error: Error) => {
    throw new MatchbookError('USAGE', `${file} cannot be read: ${error.message}`, { cause: error })
  })
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new MatchbookError('X12-WRITE', `${file} is not JSON: ${(error as Error).message}`, { cause: error })
  }
}

async function standardInput(): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

/** QUALIFIER:ID, as in ZZ:BRIGIDHEALTH. */
function isaParty(flag: string, text: string): IsaParty {
  const [, qualifier, id] = /^([A-Z0-9]{2}):(.{1,15})$/.exec(text) ?? []
  if (qualifier === undefined || id === undefined) {
    throw new MatchbookError('USAGE', `${flag} is a qualifier and an id, for example ZZ:BRIGIDHEALTH, not "${text}"`)
  }
  return { qualifier, id }
}
