import { Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'

export default class Doctor extends BaseCommand {
  static override summary = 'What is wrong with this installation and workspace, and what to do about it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --connect',
    '<%= config.bin %> <%= command.id %> --connect --write',
  ]
  static override flags = {
    connect: Flags.boolean({
      default: false,
      description:
        'also log in to every endpoint and mail server, and look into each folder that a job or partner uses',
    }),
    write: Flags.boolean({
      default: false,
      dependsOn: ['connect'],
      description: 'also write, rename and remove a hidden file of our own in each folder that is written to',
    }),
  }

  async run() {
    const { flags } = await this.parse(Doctor)
    const { doctor } = await import('../app/doctor/doctor.js')
    const { doctorText } = await import('./render/doctor.js')
    const { checks, exit } = await doctor(flags.workspace, { connect: flags.connect, write: flags.write })
    this.log(doctorText(checks))
    process.exitCode = exit
    return { checks }
  }
}
