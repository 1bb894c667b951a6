import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { localTime } from '../render/local-time.js'
import { table } from '../render/table.js'

export default class FilesList extends BaseCommand {
  static override summary = 'The ledger: files taken in, newest first, and what became of them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --disposition quarantined',
    '<%= config.bin %> <%= command.id %> --partner medsupply --json',
  ]
  static override flags = {
    disposition: Flags.option({
      options: ['taken', 'read', 'duplicate', 'quarantined', 'superseded', 'discarded', 'unwrapped'] as const,
      description: 'only files of which this became',
    })(),
    partner: Flags.string({ description: 'only files from this partner' }),
    limit: Flags.integer({ default: 50, min: 1, description: 'how many at the most' }),
  }

  async run() {
    const { flags } = await this.parse(FilesList)
    const { listFiles } = await import('../../app/files/list-files.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const filter = {
      limit: flags.limit,
      ...(flags.disposition === undefined ? {} : { disposition: flags.disposition }),
      ...(flags.partner === undefined ? {} : { partner: flags.partner }),
    }
    const { files, timezone } = await withReading(flags.workspace, async (reading) => ({
      files: await listFiles(reading, filter),
      timezone: reading.workspace.settings.timezone,
    }))
    this.log(
      files.length === 0
        ? flags.partner === undefined && flags.disposition === undefined
          ? 'No file taken in yet.'
          : 'No file of that kind.'
        : table(files, [
            { title: 'No.', value: (file) => String(file.id), align: 'right' },
            { title: 'Name', value: (file) => file.name, width: 44 },
            { title: 'From', value: (file) => file.partner ?? file.endpoint },
            { title: 'Bytes', value: (file) => String(file.size), align: 'right' },
            { title: 'Taken', value: (file) => localTime(file.takenAt, timezone) },
            { title: 'SHA-256', value: (file) => file.sha256.slice(0, 12) },
            {
              title: 'Became',
              value: (file) => file.disposition,
              colour: (file) => (file.disposition === 'quarantined' ? 'yellow' : undefined),
            },
            { title: 'Reason', value: (file) => file.reason ?? '', width: 60 },
          ]),
    )
    return { files }
  }
}
