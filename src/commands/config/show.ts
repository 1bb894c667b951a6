import { BaseCommand } from '../base-command.js'

export default class ConfigShow extends BaseCommand {
  static override summary =
    'The settings in force, each with the file and line it comes from; secrets as references only.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --profile test',
    '<%= config.bin %> <%= command.id %> --json',
  ]

  async run() {
    const { flags } = await this.parse(ConfigShow)
    const { showConfig } = await import('../../app/workspace/show-config.js')
    const shown = await showConfig(flags.workspace)
    this.log(shown.text)
    return shown.json
  }
}
