import { interchangeReused } from '../../formats/x12/envelope-findings.js'
import { text, type X12Finding } from '../../formats/x12/index.js'
import { type FileRow, plainControl } from '../../state/index.js'
import type { ReadInterchange } from '../read/read-interchange.js'
import { isaKey } from './isa-key.js'

/** The number of an interchange as it is kept. `hash`: of its bytes; `now`: ISO instant. */
export function receivedNumber({ report }: ReadInterchange, partner: string, file: FileRow, hash: string, now: string) {
  const { isa, groups } = report
  return {
    ours: isaKey({ qualifier: text(isa, 7), id: text(isa, 8) }),
    partner: isaKey({ qualifier: text(isa, 5), id: text(isa, 6) }),
    partner_name: partner,
    interchange_control: text(isa, 13),
    content_hash: hash,
    file_id: file.id,
    received_at: now,
    group_controls: groups.map(({ gs }) => `${text(gs, 1)}:${plainControl(text(gs, 6))}`).join(' '),
  }
}

/** Its sender used the number before for something else, of which nothing was told set by set. */
export function numberReused({ report: { isa } }: ReadInterchange): X12Finding {
  const control = text(isa, 13)
  return interchangeReused(
    isa,
    `Interchange ${control} was sent before with other content; what it holds has numbers of its own and was taken`,
  )
}
