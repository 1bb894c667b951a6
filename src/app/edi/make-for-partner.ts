import { MatchbookError } from '../../errors/index.js'
import { saveSent, takeControlNumber } from '../../state/index.js'
import { isaKey } from '../acknowledging/isa-key.js'
import { withReading } from '../open-workspace.js'
import { setsOf } from './document-json.js'
import { functionalGroups, type IsaParty, type MadeFile, type MakeOptions, makeFile } from './make-file.js'

export interface PartnerRequest {
  readonly workspace: string | undefined
  readonly partner: string
  readonly given: Omit<MakeOptions, 'control' | 'groupControls'>
  readonly keep: (made: MadeFile) => Promise<void>
}

/**
 * From us to a partner of the workspace, under the next control numbers between the two. Numbers and file go together: where the file
 * cannot be made or kept, no number is used.
 * @throws USAGE when the workspace has no such partner
 */
export function makeForPartner(json: unknown, { workspace, partner, given, keep }: PartnerRequest): Promise<MadeFile> {
  return withReading(workspace, async ({ workspace: { settings }, state }) => {
    const theirs = settings.partners[partner]?.isa[0]
    const ours = settings.identity[0]?.isa
    if (theirs === undefined || ours === undefined) {
      const known = Object.keys(settings.partners).join(', ')
      throw new MatchbookError('USAGE', `the workspace has no partner "${partner}": it has ${known}`)
    }
    const sender: IsaParty = given.sender ?? ours
    const receiver: IsaParty = given.receiver ?? theirs
    const now = new Date().toISOString()
    const usage = given.usage ?? (settings.profile === 'production' ? 'P' : 'T')
    const groups = functionalGroups(setsOf(json))
    return state.database.transaction().execute(async (transaction) => {
      const pair = { ours: isaKey(sender), partner: isaKey(receiver) }
      const first = settings.partners[partner]?.x12?.['first-numbers']
      const control = await takeControlNumber(transaction, pair, 'interchange', first)
      const groupControls: number[] = []
      for (const _ of groups) groupControls.push(await takeControlNumber(transaction, pair, 'group', first))
      const made = await makeFile(json, { ...given, sender, receiver, usage, control, groupControls })
      // A 997 for it is then known; when the file goes out is not, so no answer is due.
      let set = 0
      await saveSent(transaction, {
        job: 'edi make',
        ...pair,
        partner_name: partner,
        interchange_control: String(control),
        idempotency_key: `edi make ${pair.ours} ${pair.partner} ${control} ${now}`,
        queued_at: now,
        answer_hours: null,
        groups: groups.map((members, n) => ({
          functionalId: members[0]?.functionalId ?? '',
          control: String(groupControls[n]),
          sets: members.map((member) => {
            const { control: number = '' } = made.sets[set++] ?? {}
            return { set: member.set, control: number, businessKey: member.businessKey ?? number }
          }),
        })),
      })
      await keep(made)
      return made
    })
  })
}
