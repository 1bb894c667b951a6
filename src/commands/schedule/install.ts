import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'

export default class ScheduleInstall extends BaseCommand {
  static override summary =
    'Prints what makes the system run the schedule: systemd units, crontab lines or a Windows task.'
  static override description =
    'Nothing is enabled: look at it, put it where it belongs, and enable it as the first lines of each file say.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --systemd',
    '<%= config.bin %> <%= command.id %> --systemd --write ~/.config/systemd/user',
    '<%= config.bin %> <%= command.id %> --cron',
  ]
  static override flags = {
    systemd: Flags.boolean({
      default: false,
      description: 'a service for the daemon; a service and timer without one',
    }),
    cron: Flags.boolean({ default: false, description: 'lines for crontab -e' }),
    'windows-task': Flags.boolean({ default: false, description: 'a task for schtasks /Create /XML' }),
    write: Flags.string({ helpValue: 'DIR', description: 'write the files into this folder instead of printing them' }),
  }

  async run() {
    const { flags } = await this.parse(ScheduleInstall)
    const { installSchedule } = await import('../../app/scheduling/install.js')
    const ways = (['systemd', 'cron', 'windows-task'] as const).filter((name) => flags[name])
    const [way] = ways
    if (way === undefined || ways.length > 1) this.error('say one of --systemd, --cron and --windows-task', { exit: 2 })
    const outcome = await installSchedule({
      workspace: flags.workspace,
      way,
      binary: process.argv[1] ?? '',
      write: flags.write,
    })
    for (const { name, text, written } of outcome.files) this.log(written ?? `# ${name}\n${text}`)
    return outcome
  }
}
