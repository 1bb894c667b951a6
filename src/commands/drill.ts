import { Args } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { bytesText } from './render/byte-count.js'
import { count } from './render/money.js'
import { table } from './render/table.js'

export default class Drill extends BaseCommand {
  static override summary =
    'Restores a backup for a try, and measures recovery time and point against the targets of each job.'
  static override description =
    'Targets are rto-hours and rpo-hours of the catalog. Ends with 3 when one is missed. Nothing of the workspace is touched.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> /mnt/backup/tonight --json',
  ]
  static override args = {
    backup: Args.string({ description: 'a backup; without it the newest in backup.folder of matchbook.yaml' }),
  }

  async run() {
    const { args, flags } = await this.parse(Drill)
    const { drill } = await import('../app/recovery/drill.js')
    const outcome = await drill(flags.workspace, args.backup, new Date())
    const verdict = (isMet: boolean | null) => (isMet === null ? 'no target' : isMet ? 'met' : 'MISSED')
    this.log(
      [
        `${outcome.backup}: ${count(outcome.files, 'file')}, ${bytesText(outcome.bytes)}`,
        `Recovery time ${outcome.recoverySeconds} s; recovery point ${hours(outcome.pointSeconds)} h ago (${outcome.takenAt})`,
        '',
        table(outcome.jobs, [
          { title: 'Job', value: ({ job }) => job },
          { title: 'RTO h', value: ({ rtoHours }) => String(rtoHours ?? '-'), align: 'right' },
          { title: 'Time', value: ({ isTimeMet }) => verdict(isTimeMet) },
          { title: 'RPO h', value: ({ rpoHours }) => String(rpoHours ?? '-'), align: 'right' },
          { title: 'Point', value: ({ isPointMet }) => verdict(isPointMet) },
        ]),
      ].join('\n'),
    )
    process.exitCode = outcome.exit
    return outcome
  }
}

const hours = (seconds: number): string => (seconds / 3600).toFixed(1)
