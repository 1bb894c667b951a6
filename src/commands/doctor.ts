import { Flags, ux } from '@oclif/core'
import { ExitCode } from '../errors/index.js'
import { BaseCommand } from './base-command.js'

export default class Doctor extends BaseCommand {
  static override summary = 'What is wrong with this installation and workspace, and what to do about it.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --connect']
  static override flags = {
    connect: Flags.boolean({ default: false, description: 'also log in to every endpoint' }),
  }

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Doctor)
    const { doctor } = await import('../app/doctor.js')
    const checks = await doctor(flags.workspace, flags.connect)
    const mark = {
      good: ux.colorize('green', 'ok  '),
      warning: ux.colorize('cyan', 'warn'),
      bad: ux.colorize('red', 'bad '),
    }
    for (const check of checks) {
      this.log(`${mark[check.state]}  ${check.subject}: ${check.says}`)
      if (check.remedy !== undefined) this.log(`      ${check.remedy}`)
    }
    if (checks.some(({ state }) => state === 'bad')) process.exitCode = ExitCode.refused
    return { checks }
  }
}
