import { Args } from '@oclif/core'
import { BaseCommand } from './base-command.js'

export default class Explain extends BaseCommand {
  static override summary = 'What a code means and what to do; why an exception was raised, with its numbers.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> INV-PRICE',
    '<%= config.bin %> <%= command.id %> HOST-KEY-MISMATCH',
    '<%= config.bin %> <%= command.id %> 17',
  ]
  static override args = {
    subject: Args.string({
      required: true,
      description: 'an exception code, an error code, or the number of an exception',
    }),
  }

  async run() {
    const { args, flags } = await this.parse(Explain)
    const { explain } = await import('../app/exceptions/explain.js')
    const { explainedText } = await import('./render/explained.js')
    const explained = await explain(args.subject, flags.workspace)
    this.log(explainedText(explained))
    return explained
  }
}
