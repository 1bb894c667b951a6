import { text, type X12Finding } from '../../formats/x12/index.js'
import { type FileRow, plainControl, receivedBefore, type StateDatabase, saveReceived } from '../../state/index.js'
import { isaKey } from '../isa-key.js'
import type { ReadInterchange } from '../read-interchange.js'
import type { Tools } from '../tools.js'
import { queueAcknowledgment } from './queue-acknowledgment.js'

/**
 * Keeps the number of an interchange and queues its acknowledgment, when all that was said of its sets is known.
 * @param hash of its bytes; undefined where numbers are not kept
 * @param isNew it held documents not seen before, and none of them was refused for its numbers
 * @returns a finding when its sender used the number before for something else that was not told set by set
 */
export async function bookInterchange(
  database: StateDatabase,
  file: FileRow,
  { report, check }: ReadInterchange,
  hash: string | undefined,
  isNew: boolean,
  tools: Tools,
): Promise<X12Finding | undefined> {
  const { isa } = report
  const { partner } = check
  const x12 = tools.workspace.settings.partners[partner ?? '']?.x12
  if (partner === undefined || x12 === undefined || check.isCopy) return undefined
  let reused: X12Finding | undefined
  if (hash !== undefined) {
    const ours = isaKey({ qualifier: text(isa, 7), id: text(isa, 8) })
    const pair = { ours, partner: isaKey({ qualifier: text(isa, 5), id: text(isa, 6) }) }
    const control = text(isa, 13)
    const before = await receivedBefore(database, pair, control, hash)
    if (before === 'other' && isNew) {
      reused = { ...controlReused(control), ...isa.span }
      report.findings.push(reused)
    }
    await saveReceived(database, {
      ...pair,
      partner_name: partner,
      interchange_control: control,
      content_hash: hash,
      file_id: file.id,
      received_at: tools.now(),
      group_controls: report.groups.map(({ gs }) => `${text(gs, 1)}:${plainControl(text(gs, 6))}`).join(' '),
    })
  }
  // One that lies in the drop of somebody else may not be from whom it says: nobody is answered.
  if (check.stranger) return reused
  const queued = await queueAcknowledgment(database, report, file, partner, x12, tools)
  if (queued !== undefined) tools.log.info({ file: file.name, acknowledgment: queued.name }, 'acknowledgment queued')
  return reused
}

const controlReused = (control: string) =>
  ({
    code: 'X12-CONTROL-DUPLICATE',
    standardCode: 'TA105:025',
    scope: 'interchange',
    segment: 'ISA',
    element: 13,
    value: control,
    message: `Interchange ${control} was sent before with other content; what it holds has numbers of its own and was taken`,
  }) as const
