import { Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { liveProgress } from './render/live-progress.js'
import { whatIfText } from './render/whatif.js'

export default class WhatIf extends BaseCommand {
  static override summary =
    'Past nights under other tolerances: money released, overpayment let through, exceptions more and less.'
  static override description =
    'Each night is judged again from the archive, by its own settings and with the tolerances changed, on a copy of the store that is thrown away. Nothing is settled, loaded, written or sent.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --tolerance price=2%',
    '<%= config.bin %> <%= command.id %> --tolerance price=2%,0.50,looser,supplier:10432 --tolerance quantity-received=5%,under:off',
    '<%= config.bin %> <%= command.id %> --tolerances stricter.yaml --from 2026-11-01 --to 2026-11-30 --csv november.csv',
  ]
  static override flags = {
    tolerance: Flags.string({
      helpValue: 'RULE=ALLOWED',
      multiple: true,
      default: [],
      description:
        'a tolerance otherwise, named as in the settings: price=2%, price=2%,0.50,looser,supplier:10432, freight=off; after under: what may be below',
    }),
    tolerances: Flags.string({
      helpValue: 'FILE',
      description: 'YAML with tolerances: as matchbook.yaml has it, in place of those there',
    }),
    from: Flags.string({
      helpValue: 'DATE',
      description: 'first night (yyyy-MM-dd); without it 30 days before the last',
    }),
    to: Flags.string({ helpValue: 'DATE', description: 'last night; without it today' }),
    job: Flags.string({
      helpValue: 'JOB',
      multiple: true,
      default: [],
      description: 'only this job; without it all that ask tolerances',
    }),
    csv: Flags.string({ helpValue: 'FILE', description: 'write a line an exception and an invoice to it' }),
  }

  async run() {
    const { flags } = await this.parse(WhatIf)
    const { whatIf } = await import('../app/whatif/whatif.js')
    const { silent } = await import('../app/progress.js')
    const live = process.stderr.isTTY && !this.jsonEnabled() && flags['log-format'] === 'text'
    const { exit, ...found } = await whatIf({
      workspace: flags.workspace,
      changes: flags.tolerance,
      overlay: flags.tolerances,
      from: flags.from,
      to: flags.to,
      jobs: flags.job,
      csv: flags.csv,
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: live ? liveProgress(process.stderr) : silent,
    })
    this.log(whatIfText(found))
    process.exitCode = exit
    return found
  }
}
