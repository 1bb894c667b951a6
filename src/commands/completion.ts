import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'

export default class Completion extends BaseCommand {
  static override summary = 'Prints what makes Tab complete commands, flags, jobs, queues, codes, runs and exceptions.'
  static override description =
    'The script asks the installed Matchbook at each Tab, and is never older than it. Its first lines say where it belongs. Nothing is written here.'
  static override examples = [
    'eval "$(<%= config.bin %> <%= command.id %> bash)"',
    '<%= config.bin %> <%= command.id %> bash > ~/.local/share/bash-completion/completions/matchbook',
    '<%= config.bin %> <%= command.id %> zsh > ~/.zfunc/_matchbook',
    '<%= config.bin %> <%= command.id %> fish > ~/.config/fish/completions/matchbook.fish',
  ]
  /** After -- come the words of the line. */
  static override strict = false
  static override args = {
    shell: Args.string({ required: true, options: ['bash', 'zsh', 'fish'], description: 'the shell in use' }),
  }
  static override flags = {
    words: Flags.boolean({
      default: false,
      description: 'what the script asks with: says what may stand in place of the last of the words after --',
    }),
  }

  async run() {
    const { args, flags } = await this.parse(Completion)
    const { scripts, shells } = await import('../app/completion/shells.js')
    const shell = shells.find((name) => name === args.shell) ?? this.error('bash, zsh or fish', { exit: 2 })
    if (!flags.words) {
      this.log(scripts[shell].trimEnd())
      return { shell, script: scripts[shell] }
    }
    const { answerShell } = await import('../app/completion/answer-shell.js')
    const { commands, topics } = this.config
    // As they were given: the parser takes a second -- out.
    const typed = this.argv.slice(this.argv.indexOf('--') + 1)
    const lines = await answerShell(shell, typed, { commands, topics })
    if (lines.length > 0) this.log(lines.join('\n'))
    return { shell, lines }
  }
}
