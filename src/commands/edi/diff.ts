import { Args, Flags } from '@oclif/core'
import { ExitCode } from '../../errors/index.js'
import { BaseCommand } from '../base-command.js'
import { diffText } from '../render/edi-diff-text.js'

export default class EdiDiff extends BaseCommand {
  static override summary =
    'Holds two documents against each other in business terms: two of a kind, or an 855, 810 or 860 and its 850.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> order.850 acknowledgment.855',
    '<%= config.bin %> <%= command.id %> order.850 night.810 --right 4',
    '<%= config.bin %> <%= command.id %> prices-old.832 prices-new.832 --json',
  ]
  static override args = {
    left: Args.string({ required: true, description: 'an X12 file, or - for standard input' }),
    right: Args.string({ required: true, description: 'an X12 file, or - for standard input' }),
  }
  static override flags = {
    left: Flags.integer({
      helpValue: 'N',
      min: 1,
      description: 'the Nth transaction set of the first file; without it the first document',
    }),
    right: Flags.integer({
      helpValue: 'N',
      min: 1,
      description: 'the Nth of the second; without it the first about the same order',
    }),
    'no-color': Flags.boolean({ default: false, description: 'no colour, as with NO_COLOR' }),
  }

  async run() {
    const { args, flags } = await this.parse(EdiDiff)
    const { compareFiles } = await import('../../app/edi/compare-files.js')
    const { ediWords } = await import('../../app/edi/edi-words.js')
    const words = await ediWords(flags.workspace)
    const choice = (file: string, set: number | undefined) => ({ file, ...(set === undefined ? {} : { set }) })
    const comparison = await compareFiles(choice(args.left, flags.left), choice(args.right, flags.right), words)
    this.log(diffText(comparison))
    if (!comparison.same) process.exitCode = ExitCode.openExceptions
    return comparison
  }
}
