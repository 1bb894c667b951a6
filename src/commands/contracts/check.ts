import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { checkedText } from '../render/contracts.js'

export default class ContractsCheck extends BaseCommand {
  static override summary = 'Holds a file against its contract as a night does, and leaves no trace of it.'
  static override description =
    'Ends with 4 where a night would put the file in quarantine, with 3 where it would raise exceptions about it, with 0 where nothing is wrong.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> po-lines-20261128.txt',
    '<%= config.bin %> <%= command.id %> po-lines.txt --contract lawson-po-lines --limit 100',
    '<%= config.bin %> <%= command.id %> drop.csv --contract draft.yaml --json',
  ]
  static override args = {
    file: Args.string({ required: true, description: 'the extract, or the same as .gz' }),
  }
  static override flags = {
    contract: Flags.string({
      helpValue: 'NAME',
      description:
        'a contract of templates/extracts or a YAML file; without it the one whose drops take a file of this name',
    }),
    'look-up': Flags.string({
      helpValue: 'CONTRACT=FILE',
      multiple: true,
      default: [],
      description: 'file of another contract that this one takes values from (look-ups)',
    }),
    limit: Flags.integer({ helpValue: 'N', min: 0, default: 20, description: 'findings to show' }),
  }

  async run() {
    const { args, flags } = await this.parse(ContractsCheck)
    const { checkFile } = await import('../../app/contracts/check-file.js')
    const checked = await checkFile({
      ...args,
      contract: flags.contract,
      workspace: flags.workspace,
      lookUps: flags['look-up'],
    })
    this.log(checkedText(checked, flags.limit))
    process.exitCode = checked.exit
    return checked
  }
}
