import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { decidedText } from '../render/quarantine.js'

export default class QuarantineRelease extends BaseCommand {
  static override summary = 'Puts a file back so that the next run reads it again.'
  static override description =
    'For when what kept it out was mended on this side: a contract, a partner’s settings. Its documents then go the way of any other; an acknowledgment that the partner has had is not sent a second time.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12',
    '<%= config.bin %> <%= command.id %> MED20261120.810 --dry-run',
  ]
  static override args = {
    file: Args.string({ required: true, description: 'number, name, or the first 8 or more digits of the hash' }),
  }
  static override flags = {
    by: Flags.string({ helpValue: 'NAME', description: 'who decides; without it the user logged in' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { args, flags } = await this.parse(QuarantineRelease)
    const { releaseFile } = await import('../../app/quarantine/quarantine-decide.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await releaseFile({
      workspace: flags.workspace,
      file: args.file,
      by: flags.by,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(decidedText('released', outcome))
    return outcome
  }
}
