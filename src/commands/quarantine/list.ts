import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { quarantineTable } from '../render/quarantine.js'

export default class QuarantineList extends BaseCommand {
  static override summary = 'Files that could not be processed, newest first, each with its reason.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --discarded --json',
  ]
  static override flags = {
    discarded: Flags.boolean({ default: false, description: 'those set aside for good too' }),
    limit: Flags.integer({ default: 50, min: 1, description: 'how many at the most' }),
  }

  async run() {
    const { flags } = await this.parse(QuarantineList)
    const { listQuarantine } = await import('../../app/quarantine/quarantine.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { files, timezone } = await withReading(flags.workspace, async (reading) => ({
      files: await listQuarantine(reading, flags),
      timezone: reading.workspace.settings.timezone,
    }))
    this.log(files.length === 0 ? 'Nothing is in quarantine.' : quarantineTable(files, timezone))
    return { files }
  }
}
