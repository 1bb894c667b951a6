import { MatchbookError } from '../../errors/index.js'
import {
  type GroupToWrite,
  type InterchangeToWrite,
  readInterchanges,
  writeInterchange,
  type X12Finding,
} from '../../formats/x12/index.js'
import { setsOf } from './document-json.js'
import { setChecker } from './set-checker.js'
import type { SetToMake } from './set-to-make.js'

export interface IsaParty {
  readonly qualifier: string
  readonly id: string
}

/** What the interchange says of itself. Sender, receiver, version and usage are those of the document's envelope where not given. */
export interface MakeOptions {
  readonly sender?: IsaParty
  readonly receiver?: IsaParty
  readonly version?: string
  readonly usage?: 'P' | 'T'
  readonly control: number
  /** GS06 of each group, in order; documents of a kind make a group. */
  readonly groupControls: readonly number[]
  readonly date: string
  readonly time: string
  readonly delimiters?: NonNullable<InterchangeToWrite['delimiters']>
}

export interface MadeFile {
  readonly bytes: Buffer
  readonly sets: readonly { readonly set: string; readonly control: string; readonly kind: string | undefined }[]
  /** Segments of the files the documents were read from that no field holds, as text. */
  readonly notWritten: readonly string[]
  /** What the guide of the version finds in what was written: documents may lack what only a partner knows. */
  readonly findings: readonly X12Finding[]
}

/**
 * One interchange of canonical documents. It is read again before it is handed over: what a document says and the file does not
 * hold is refused, not dropped.
 * @throws X12-WRITE with the JSON path where one is at fault
 * @throws USAGE when sender, receiver or version are known from nowhere
 */
export async function makeFile(json: unknown, options: MakeOptions): Promise<MadeFile> {
  const asked = setsOf(json)
  if (asked.length === 0) throw new MatchbookError('X12-WRITE', '$ holds no document')
  const interchange = interchangeOf(asked, options)
  const bytes = writeInterchange(interchange)
  const check = await setChecker()
  const findings: X12Finding[] = []
  // Groups keep the documents of a kind together, in order.
  const written = functionalGroups(asked).flat()
  let n = 0
  for await (const item of readInterchanges(bytes)) {
    if (item.kind === 'finding') findings.push(item.finding)
    else {
      const said = written[n++]
      findings.push(...(await check(item.transaction, undefined)))
      const lost = said?.lost(item.transaction)
      if (lost !== undefined) {
        throw new MatchbookError('X12-WRITE', `${lost} has no place in transaction set ${item.transaction.set}`, {
          hint: 'Leave it out or mend its name; nothing was written',
          facts: { path: lost },
        })
      }
    }
  }
  const sets = interchange.groups.flatMap(({ transactions }) => transactions)
  return {
    bytes,
    sets: sets.map(({ set, control }, index) => ({ set, control, kind: written[index]?.kind })),
    notWritten: written.flatMap(({ notWritten }) => notWritten),
    findings,
  }
}

function interchangeOf(asked: readonly SetToMake[], options: MakeOptions): InterchangeToWrite {
  const { control, date, time, delimiters } = options
  const envelope = asked[0]?.envelope ?? {}
  const sender = options.sender ?? party(envelope.senderQualifier, envelope.sender) ?? needed('--sender')
  const receiver = options.receiver ?? party(envelope.receiverQualifier, envelope.receiver) ?? needed('--receiver')
  const version = options.version ?? said(envelope.version) ?? needed('--version')
  const usage = options.usage ?? (envelope.usage === 'P' ? 'P' : 'T')
  let set = 0
  const groups: GroupToWrite[] = functionalGroups(asked).map((members, n) => ({
    functionalId: members[0]?.functionalId ?? '',
    sender: sender.id,
    receiver: receiver.id,
    control: options.groupControls[n] ?? control + n,
    transactions: members.map((member) => ({
      set: member.set,
      control: String(++set).padStart(4, '0'),
      segments: member.segments(version),
    })),
  }))
  const delimited = delimiters === undefined ? {} : { delimiters }
  return { sender, receiver, version, usage, date, time, control, ...delimited, groups }
}

/** Sets that go into one group (GS01) together, in the order of their first. */
export function functionalGroups(asked: readonly SetToMake[]): SetToMake[][] {
  const groups = new Map<string, SetToMake[]>()
  for (const set of asked) groups.set(set.functionalId, [...(groups.get(set.functionalId) ?? []), set])
  return [...groups.values()]
}

const party = (qualifier: string | undefined, id: string | undefined): IsaParty | undefined =>
  said(qualifier) === undefined || said(id) === undefined ? undefined : { qualifier: qualifier ?? '', id: id ?? '' }

/** Empty text: the document does not say. */
const said = (value: string | undefined): string | undefined => (value === '' ? undefined : value)

function needed(flag: string): never {
  throw new MatchbookError('USAGE', `${flag} is needed: the document has no envelope that says it`)
}
