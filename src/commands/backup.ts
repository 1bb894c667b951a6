import { Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { bytesText } from './render/byte-count.js'
import { count } from './render/money.js'

export default class Backup extends BaseCommand {
  static override summary = 'Copies store, archive, loads, reports and settings, each with its hash, while runs go on.'
  static override description = 'Keys are not copied. docs/recovery.md says how to get a workspace back.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --to /mnt/backup/tonight',
  ]
  static override flags = {
    to: Flags.string({
      helpValue: 'DIR',
      description: 'an empty folder; without it a new one in backup.folder of matchbook.yaml',
    }),
  }

  async run() {
    const { flags } = await this.parse(Backup)
    const { backup } = await import('../app/recovery/backup.js')
    const { silent } = await import('../app/progress.js')
    const outcome = await backup({
      workspace: flags.workspace,
      to: flags.to,
      dryRun: false,
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(
      `${outcome.folder}\n${count(outcome.files, 'file')}, ${bytesText(outcome.bytes)}, as of ${outcome.takenAt}`,
    )
    return outcome
  }
}
