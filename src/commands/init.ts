import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'

export default class Init extends BaseCommand {
  static override summary = 'Makes a workspace that validates and runs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> ./lakeside --name "Lakeside Health"',
  ]
  static override args = { folder: Args.string({ default: '.', description: 'folder to make it in' }) }
  static override flags = { name: Flags.string({ description: 'name of the organisation, shown on reports' }) }

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Init)
    const { init } = await import('../app/init.js')
    const made = await init(args.folder, flags.name)
    this.log(made.text)
    return made.json
  }
}
