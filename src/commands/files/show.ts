import { Args } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { localTime } from '../render/local-time.js'
import { printable, printableLines } from '../render/printable.js'
import { table } from '../render/table.js'

export default class FilesShow extends BaseCommand {
  static override summary = 'One file: where it came from, its documents, what stands against it, where its bytes are.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12',
    '<%= config.bin %> <%= command.id %> 3f9ac1d2',
    '<%= config.bin %> <%= command.id %> MED20261120.810',
  ]
  static override args = {
    file: Args.string({ required: true, description: 'number, name, or the first 8 or more digits of the hash' }),
  }

  async run() {
    const { args, flags } = await this.parse(FilesShow)
    const { showFiles } = await import('../../app/files/list-files.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { files, timezone } = await withReading(flags.workspace, async (reading) => ({
      files: await showFiles(reading, args.file),
      timezone: reading.workspace.settings.timezone,
    }))
    for (const file of files) {
      this.log(
        printable(
          `${file.name} (no. ${file.id}): ${file.disposition}${file.reason === null ? '' : `, ${file.reason}`}`,
        ),
      )
      this.log(`  from      ${file.endpoint}:${file.folder}${file.partner === null ? '' : `, partner ${file.partner}`}`)
      if (file.unwrappedFrom !== null) this.log(`  out of    no. ${file.unwrappedFrom}`)
      this.log(
        `  taken     ${localTime(file.takenAt, timezone)} by run ${file.run ?? '-'}, ${file.size} bytes, modified ${localTime(file.modified, timezone)}`,
      )
      this.log(`  sha-256   ${file.sha256}`)
      this.log(
        `  archived  ${file.purgedAt === null ? file.archived : `purged on ${file.purgedAt.slice(0, 10)} under retention ${file.purgedUnder}`}`,
      )
      if (file.records !== null)
        this.log(`  records   ${file.records}: ${file.accepted} accepted, ${file.rejected} rejected`)
      for (const finding of file.findings) this.log(printableLines(`  ${finding.code}: ${finding.message}`))
      if (file.documents.length > 0) {
        this.log(
          table(file.documents, [
            { title: 'Document', value: (document) => document.kind },
            { title: 'Number', value: (document) => document.number },
            { title: 'State', value: (document) => document.state },
            { title: 'Byte', value: (document) => String(document.byteOffset), align: 'right' },
            { title: 'Length', value: (document) => String(document.byteLength), align: 'right' },
          ]),
        )
      }
    }
    return { files }
  }
}
