import { writeFile } from 'node:fs/promises'
import { Args, Flags } from '@oclif/core'
import { MatchbookError } from '../../errors/index.js'
import { BaseCommand } from '../base-command.js'
import { ackText } from '../render/edi-ack-text.js'

export default class EdiAck extends BaseCommand {
  static override summary =
    'Writes the TA1, 997 or 999 that a file is owed, with every finding in the standard’s codes.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> invoices.810',
    '<%= config.bin %> <%= command.id %> invoices.810 --type 999 --reject-on any-error --output answer.edi --control 41',
    '<%= config.bin %> <%= command.id %> invoices.810 --type ta1',
  ]
  static override args = { file: Args.string({ required: true, description: 'an X12 file, or - for standard input' }) }
  static override flags = {
    type: Flags.option({
      options: ['997', '999', 'ta1'] as const,
      default: '997' as const,
      description: 'what to answer with',
    })(),
    'with-ta1': Flags.boolean({ default: false, description: 'a TA1 before the 997 or 999 too' }),
    'reject-on': Flags.option({
      options: ['unreadable', 'any-error'] as const,
      default: 'unreadable' as const,
      description: 'refuse a set when it cannot be used, or already when anything in it is wrong',
    })(),
    control: Flags.integer({ default: 1, min: 1, max: 999_999_999, description: 'ISA13 of the first answer' }),
    'group-control': Flags.integer({ default: 1, min: 1, max: 999_999_999, description: 'GS06 of the first answer' }),
    output: Flags.string({
      helpValue: 'FILE',
      description: 'write there, never over a file; without it to standard output',
    }),
  }

  async run() {
    const { args, flags } = await this.parse(EdiAck)
    const { acknowledge } = await import('../../app/edi/acknowledge.js')
    const answered = await acknowledge({
      file: args.file,
      workspace: flags.workspace,
      type: flags.type,
      rejectOn: flags['reject-on'],
      control: flags.control,
      groupControl: flags['group-control'],
      withTa1: flags['with-ta1'],
    })
    if (flags.output === undefined) {
      if (!this.jsonEnabled()) process.stdout.write(answered.text)
      this.logToStderr(ackText(answered.report))
    } else {
      await writeFile(flags.output, answered.text, { flag: 'wx' }).catch((error: Error) => {
        throw new MatchbookError('USAGE', `${flags.output} cannot be written: ${error.message}`, { cause: error })
      })
      this.log(ackText(answered.report))
      this.log(`Wrote ${flags.output}`)
    }
    return answered
  }
}
