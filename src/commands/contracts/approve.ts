import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { approvedContractText } from '../render/contract-diff.js'

export default class ContractsApprove extends BaseCommand {
  static override summary =
    'Accepts a contract as its file says, with the changes that the extract seen last asks for; the next night takes that file.'
  static override description =
    'Look at it first: matchbook contracts diff NAME. Who approves, when and why is in the audit chain, with the whole contract.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> lawson-po-lines --reason "Lawson 10.0.9 renamed VEN_ITEM, ticket 4711"',
    '<%= config.bin %> <%= command.id %> lawson-po-lines --reason "as agreed" --version 7dbca407 --dry-run',
  ]
  static override args = {
    contract: Args.string({ required: true, description: 'a contract of the workspace' }),
  }
  static override flags = {
    reason: Flags.string({ helpValue: 'TEXT', required: true, description: 'why; it is kept in the audit chain' }),
    version: Flags.string({ helpValue: 'DIGITS', description: 'only if it is this one that was looked at' }),
    as: Flags.string({ helpValue: 'NAME', description: 'who approves; without it the user logged in' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { args, flags } = await this.parse(ContractsApprove)
    const { approveContract } = await import('../../app/contracts/approve-contract.js')
    const { silent } = await import('../../app/progress.js')
    const approved = await approveContract({
      workspace: flags.workspace,
      contract: args.contract,
      reason: flags.reason,
      version: flags.version,
      as: flags.as,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(approvedContractText(approved))
    return approved
  }
}
