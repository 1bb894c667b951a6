import { DateTime } from 'luxon'
import { MatchbookError } from '../../errors/index.js'
import { type AcknowledgedFile, acknowledgeFile } from './acknowledge-file.js'
import { ediChecker } from './edi-checker.js'
import { withEdiFile } from './edi-file.js'

export interface AckRequest {
  readonly file: string
  readonly workspace: string | undefined
  readonly type: '997' | '999' | 'ta1'
  readonly rejectOn: 'unreadable' | 'any-error'
  readonly control: number
  readonly groupControl: number
  /** A TA1 before the groups' answers too. */
  readonly withTa1: boolean
}

/** @throws USAGE when the file cannot be answered: it holds no interchange, or acknowledgments only, or no group that a 997 or 999 could answer */
export async function acknowledge(request: AckRequest): Promise<AcknowledgedFile> {
  const check = await ediChecker(request.workspace)
  const { file, type, rejectOn, control, groupControl, withTa1 } = request
  const now = DateTime.now()
  const answered = await withEdiFile(file, ({ path }) =>
    acknowledgeFile(path, {
      acknowledge: type === 'ta1' ? 'none' : type,
      ta1: type === 'ta1' || withTa1 ? 'always' : 'never',
      rejectOn,
      check,
      control,
      groupControl,
      date: now.toFormat('yyyy-MM-dd'),
      time: now.toFormat('HHmm'),
    }),
  )
  if (answered.text !== '') return answered
  throw new MatchbookError('USAGE', `nothing to acknowledge in ${file}: ${whyNothing(answered)}`, {
    hint: 'See what is wrong with it: matchbook edi lint',
    facts: { file },
  })
}

function whyNothing({ report: { interchanges } }: AcknowledgedFile): string {
  if (interchanges.length === 0) return 'it holds no interchange that could be answered'
  return interchanges.every(({ groups }) => groups.length === 0)
    ? 'it holds no group; where it holds no TA1 either, --type ta1 answers its interchange'
    : 'an acknowledgment is never acknowledged'
}
