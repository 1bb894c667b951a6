import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { count } from '../render/money.js'
import { table } from '../render/table.js'

export default class PrivacyScan extends BaseCommand {
  static override summary =
    'Looks in every output for what columns classed personal hold, for canaries and social security numbers.'
  static override description =
    'Outputs are the store, reports, loads and what went to partners, and the files named with --also. Values are never printed. Ends with 8 when something is found.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --canary "ZZCANARY^PATIENT" --also /var/log/matchbook.log --json',
  ]
  static override flags = {
    canary: Flags.string({
      multiple: true,
      helpValue: 'TEXT',
      description: 'planted at a source; must come out nowhere',
    }),
    also: Flags.string({
      multiple: true,
      helpValue: 'PATH',
      description: 'a file or folder to look into as well, such as logs',
    }),
  }

  async run() {
    const { flags } = await this.parse(PrivacyScan)
    const { scanPrivacy } = await import('../../app/privacy/scan.js')
    const { silent } = await import('../../app/progress.js')
    const scan = await scanPrivacy({
      workspace: flags.workspace,
      canaries: flags.canary ?? [],
      also: flags.also ?? [],
      dryRun: false,
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    for (const { file, because } of scan.notRead) this.log(`${file} could not be read: ${because}`)
    if (scan.leaks.length > 0) {
      this.log(
        table(scan.leaks, [
          { title: 'Found', value: ({ from }) => from },
          { title: 'Value', value: (leak) => (leak.kind === 'form' ? '-' : `#${leak.hash}`) },
          { title: 'Where', value: ({ where }) => where },
        ]),
      )
    }
    this.log(
      `${count(scan.values, 'value')} of ${count(scan.read, 'extract')} looked for in ${count(scan.texts, 'text')}: ${count(scan.leaks.length, 'leak')}`,
    )
    process.exitCode = scan.exit
    return scan
  }
}
