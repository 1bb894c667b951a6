import type { Envelope } from '../../canonical/index.js'
import { readDocument, transactionSetOf, writeDocument } from '../../documents/index.js'
import { MatchbookError } from '../../errors/index.js'
import {
  type GroupToWrite,
  type InterchangeToWrite,
  readInterchanges,
  writeInterchange,
  type X12Finding,
} from '../../formats/x12/index.js'
import { documentsOf, type PlacedDocument } from './document-json.js'
import { lostInWriting } from './lost-in-writing.js'
import { setChecker } from './set-checker.js'

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
  readonly sets: readonly { readonly set: string; readonly control: string; readonly kind: string }[]
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
  const documents = documentsOf(json)
  if (documents.length === 0) throw new MatchbookError('X12-WRITE', '$ holds no document')
  const interchange = interchangeOf(documents, options)
  const bytes = writeInterchange(interchange)
  const check = await setChecker()
  const findings: X12Finding[] = []
  // Groups keep the documents of a kind together, in order.
  const written = functionalGroups(documents).flat()
  let n = 0
  for await (const item of readInterchanges(bytes)) {
    if (item.kind === 'finding') findings.push(item.finding)
    else {
      const said = written[n++]
      findings.push(...(await check(item.transaction, undefined)))
      const { document } = readDocument(item.transaction)
      const lost = said === undefined ? undefined : lostInWriting(said.document, document, said.path)
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
    sets: sets.map(({ set, control }, index) => ({ set, control, kind: written[index]?.document.kind ?? '' })),
    findings,
  }
}

function interchangeOf(documents: readonly PlacedDocument[], options: MakeOptions): InterchangeToWrite {
  const { control, date, time, delimiters } = options
  const envelope: Partial<Envelope> = documents[0]?.document.envelope ?? {}
  const sender = options.sender ?? party(envelope.senderQualifier, envelope.sender) ?? needed('--sender')
  const receiver = options.receiver ?? party(envelope.receiverQualifier, envelope.receiver) ?? needed('--receiver')
  const version = options.version ?? said(envelope.version) ?? needed('--version')
  const usage = options.usage ?? (envelope.usage === 'P' ? 'P' : 'T')
  let set = 0
  const groups: GroupToWrite[] = functionalGroups(documents).map((members, n) => ({
    functionalId: functionalIdOf(members[0] as PlacedDocument),
    sender: sender.id,
    receiver: receiver.id,
    control: options.groupControls[n] ?? control + n,
    transactions: members.map(({ document }) => ({
      set: transactionSetOf(document.kind).set,
      control: String(++set).padStart(4, '0'),
      segments: writeDocument(document, version),
    })),
  }))
  const delimited = delimiters === undefined ? {} : { delimiters }
  return { sender, receiver, version, usage, date, time, control, ...delimited, groups }
}

const functionalIdOf = ({ document }: PlacedDocument): string => transactionSetOf(document.kind).functionalId

/** Documents that go into one group (GS01) together, in the order of their first. */
export function functionalGroups(documents: readonly PlacedDocument[]): PlacedDocument[][] {
  const groups = new Map<string, PlacedDocument[]>()
  for (const placed of documents) {
    const id = functionalIdOf(placed)
    groups.set(id, [...(groups.get(id) ?? []), placed])
  }
  return [...groups.values()]
}

const party = (qualifier: string | undefined, id: string | undefined): IsaParty | undefined =>
  said(qualifier) === undefined || said(id) === undefined ? undefined : { qualifier: qualifier ?? '', id: id ?? '' }

/** Empty text: the document does not say. */
const said = (value: string | undefined): string | undefined => (value === '' ? undefined : value)

function needed(flag: string): never {
  throw new MatchbookError('USAGE', `${flag} is needed: the document has no envelope that says it`)
}
