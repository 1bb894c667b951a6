import { DateTime } from 'luxon'
import { text } from '../../formats/x12/index.js'
import { type FileRow, type StateDatabase, saveCopySent } from '../../state/index.js'
import type { ReadInterchange } from '../read/read-interchange.js'
import type { Tools } from '../tools.js'
import { isaKey } from './isa-key.js'

/** Books the copy of what another system of ours sent, so that the partner's answer to it is awaited as to what we send ourselves. */
export async function takeCopy(
  database: StateDatabase,
  { report, check }: ReadInterchange,
  file: FileRow,
  tools: Tools,
): Promise<void> {
  const { partner } = check
  if (!check.isCopy || check.finding !== undefined || partner === undefined) return
  const { isa } = report
  await saveCopySent(
    database,
    {
      job: file.job,
      ours: isaKey({ qualifier: text(isa, 5), id: text(isa, 6) }),
      partner: isaKey({ qualifier: text(isa, 7), id: text(isa, 8) }),
      partner_name: partner,
      interchange_control: text(isa, 13),
      queued_at: sentAt(text(isa, 9), text(isa, 10), file, tools),
      answer_hours: tools.workspace.settings.partners[partner]?.x12?.['answer-hours'] ?? null,
      groups: report.groups.map(({ gs, sets }) => ({
        functionalId: text(gs, 1),
        control: text(gs, 6),
        sets: sets.map(({ st, business }) => ({
          set: text(st, 1),
          control: text(st, 2),
          businessKey: business?.number ?? '',
        })),
      })),
    },
    { sha256: file.sha256, byteOffset: isa.span.byteOffset },
  )
}

/** As the interchange says (ISA09 and ISA10, in the workspace's time); later than the file was written it cannot be. */
function sentAt(date: string, time: string, { modified }: FileRow, { workspace }: Tools): string {
  const said = DateTime.fromFormat(`${date} ${time}`, 'yyMMdd HHmm', { zone: workspace.settings.timezone })
  const at = said.toUTC().toISO()
  return at === null || Date.parse(at) > Date.parse(modified) ? modified : at
}
