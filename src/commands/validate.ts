import { ExitCode } from '../errors/index.js'
import { BaseCommand } from './base-command.js'

export default class Validate extends BaseCommand {
  static override summary =
    'Checks the workspace: every mistake with file:line:column, what was expected, and a near miss.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run() {
    const { flags } = await this.parse(Validate)
    const { validate } = await import('../app/workspace/validate.js')
    const result = await validate(flags.workspace)
    this.log(result.text)
    if (!result.valid) process.exitCode = ExitCode.workspaceInvalid
    return result.json
  }
}
