import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { contractDiffText } from '../render/contract-diff.js'

export default class ContractsDiff extends BaseCommand {
  static override summary =
    'How contracts differ from the files seen last and from what was approved; ends with 3 when something waits for a person.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> lawson-po-lines',
    '<%= config.bin %> <%= command.id %> lawson-po-lines --version 7dbca407 --json',
  ]
  static override args = {
    contract: Args.string({ description: 'a contract of the workspace; without it each that jobs read under' }),
  }
  static override flags = {
    version: Flags.string({
      helpValue: 'DIGITS',
      description: 'compare with this version, which a run was judged by; without it with the one approved last',
    }),
  }

  async run() {
    const { args, flags } = await this.parse(ContractsDiff)
    const { diffContracts } = await import('../../app/contracts/diff-contract.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const diff = await withReading(flags.workspace, (reading) =>
      diffContracts(reading, { contract: args.contract, version: flags.version }),
    )
    this.log(contractDiffText(diff.contracts))
    process.exitCode = diff.exit
    return diff
  }
}
