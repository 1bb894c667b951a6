import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'

export default class Init extends BaseCommand {
  static override summary = 'Makes a workspace that validates and runs, or adds shipped jobs to one.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> ./lakeside --name "Lakeside Health"',
    '<%= config.bin %> <%= command.id %> ./lakeside --job gl-posting',
  ]
  static override args = { folder: Args.string({ default: '.', description: 'folder to make it in' }) }
  static override flags = {
    name: Flags.string({ description: 'name of the organisation, shown on reports' }),
    job: Flags.string({
      description:
        'shipped job to begin with, or to add to the workspace that is there; may be given more than once; all for each',
      multiple: true,
      default: [],
    }),
  }

  async run() {
    const { args, flags } = await this.parse(Init)
    const { init } = await import('../app/workspace/init.js')
    const made = await init({ folder: args.folder, name: flags.name, jobs: flags.job })
    this.log(made.text)
    return made.json
  }
}
