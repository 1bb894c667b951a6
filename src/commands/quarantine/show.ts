import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { quarantinedText } from '../render/quarantine.js'

export default class QuarantineShow extends BaseCommand {
  static override summary = 'One file in quarantine: what was found wrong, and the bytes around each fault.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12',
    '<%= config.bin %> <%= command.id %> MED20261120.810 --around 200',
  ]
  static override args = {
    file: Args.string({ required: true, description: 'number, name, or the first 8 or more digits of the hash' }),
  }
  static override flags = {
    around: Flags.integer({
      default: 48,
      min: 0,
      max: 4096,
      description: 'bytes to show before each fault and after it',
    }),
  }

  async run() {
    const { args, flags } = await this.parse(QuarantineShow)
    const { showQuarantined } = await import('../../app/quarantine/quarantine.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { file, timezone } = await withReading(flags.workspace, async (reading) => ({
      file: await showQuarantined(reading, args.file, flags.around),
      timezone: reading.workspace.settings.timezone,
    }))
    this.log(quarantinedText(file, timezone))
    return file
  }
}
