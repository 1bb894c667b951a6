import { type Command, Help as OclifHelp } from '@oclif/core'
import { exitCodes } from './exit-codes.js'

/** The help of oclif, with what a newcomer asks next: where to begin, what a value is, what the exit codes mean. */
export default class Help extends OclifHelp {
  override formatCommand(command: Command.Loadable): string {
    const flags = Object.fromEntries(
      Object.entries(command.flags).map(([name, flag]) => [
        name,
        // --limit LIMIT, as docs/commands.md has it, and not --limit <value>.
        flag.type === 'option' && flag.options === undefined && flag.helpValue === undefined
          ? { ...flag, helpValue: name.toUpperCase() }
          : flag,
      ]),
    )
    const codes = this.renderList(exitCodes(command.id), { indentation: 2, spacer: '\n' })
    const exits = this.section('EXIT CODES', `${codes}\nAll of them: docs/exit-codes.md`)
    return `${super.formatCommand({ ...command, flags })}\n\n${exits}\n`
  }

  override formatRoot(): string {
    const begin = this.section(
      'BEGIN',
      [
        '$ matchbook demo             a whole night on this machine',
        '$ matchbook init DIR         a workspace of your own',
        '$ matchbook COMMAND --help   what a command does, with examples',
        `Tutorial and all pages: ${this.config.root}/docs/index.md`,
      ].join('\n'),
    )
    return `${super.formatRoot()}\n\n${begin}`
  }
}
