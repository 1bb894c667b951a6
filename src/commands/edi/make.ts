import { writeFile } from 'node:fs/promises'
import { Args, Flags } from '@oclif/core'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import { BaseCommand } from '../base-command.js'
import { count } from '../render/money.js'
import { printable } from '../render/printable.js'

export default class EdiMake extends BaseCommand {
  static override summary = 'Makes an X12 file of documents in JSON, as edi view --json shows them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> order.json --sender ZZ:BRIGIDHEALTH --receiver 01:087654321 --version 004010 --control 41',
    '<%= config.bin %> <%= command.id %> order.json --partner carden --version 004010 --output order.850',
    '<%= config.bin %> <%= command.id %> order.json --partner carden --element "|" --segment "\'" --newline',
  ]
  static override args = {
    file: Args.string({
      required: true,
      description: 'JSON: one document, a list, or what edi view --json printed; - for standard input',
    }),
  }
  static override flags = {
    partner: Flags.string({
      description: 'a partner of the workspace: to its ISA id, from ours, with the next control numbers',
      exclusive: ['control', 'group-control'],
    }),
    sender: Flags.string({ helpValue: 'QUALIFIER:ID', description: 'ISA05 and ISA06; else as the document says' }),
    receiver: Flags.string({ helpValue: 'QUALIFIER:ID', description: 'ISA07 and ISA08; else as the document says' }),
    version: Flags.string({ description: 'GS08, for example 004010; else as the document says' }),
    usage: Flags.option({
      options: ['P', 'T'] as const,
      description: 'ISA15; else as the workspace or the document says, else T',
    })(),
    control: Flags.integer({ min: 1, max: 999_999_999, description: 'ISA13, where no partner is named' }),
    'group-control': Flags.integer({ min: 1, max: 999_999_999, description: 'GS06; without it as ISA13' }),
    element: Flags.string({ default: '*', description: 'element separator' }),
    component: Flags.string({ default: '>', description: 'component separator' }),
    segment: Flags.string({ default: '~', description: 'segment terminator' }),
    newline: Flags.boolean({ default: true, allowNo: true, description: 'a line feed after each segment' }),
    output: Flags.string({
      helpValue: 'FILE',
      description: 'write there, never over a file; without it to standard output',
    }),
  }

  async run() {
    const { args, flags } = await this.parse(EdiMake)
    const { make } = await import('../../app/edi/make.js')
    const { element, component, segment, newline, output } = flags
    const { sets, findings, notWritten, bytes } = await make({
      file: args.file,
      workspace: flags.workspace,
      partner: flags.partner,
      sender: flags.sender,
      receiver: flags.receiver,
      version: flags.version,
      usage: flags.usage,
      control: flags.control,
      groupControl: flags['group-control'],
      delimiters: { element, component, segment, newline: newline ? '\n' : '' },
      keep: async (made) => {
        if (output === undefined) return
        await writeFile(output, made.bytes, { flag: 'wx' }).catch((error: Error) => {
          throw new MatchbookError('USAGE', `${output} cannot be written: ${error.message}`, { cause: error })
        })
      },
    })
    if (output !== undefined)
      this.log(`Wrote ${output}: ${count(sets.length, 'transaction set')}, ${bytes.length} bytes`)
    else if (!this.jsonEnabled()) process.stdout.write(bytes)
    for (const text of notWritten) this.logToStderr(`warning: not written, no field holds it: ${printable(text)}`)
    for (const { segment: id = '', element: position, message } of findings) {
      const place = `${id}${position === undefined ? '' : String(position).padStart(2, '0')}`
      this.logToStderr(`warning: ${place} ${printable(message)}`)
    }
    if (findings.length > 0) process.exitCode = ExitCode.openExceptions
    return {
      sets,
      findings,
      notWritten,
      text: bytes.toString('utf8'),
      ...(output === undefined ? {} : { file: output }),
    }
  }
}
