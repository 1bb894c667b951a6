import { Args, Flags } from '@oclif/core'
import type { SplitPart } from '../../app/edi/split-file.js'
import { ExitCode } from '../../errors/index.js'
import { BaseCommand } from '../base-command.js'
import { count } from '../render/money.js'
import { printable } from '../render/printable.js'

/** More names than this nobody reads. */
const SHOWN = 20

export default class EdiSplit extends BaseCommand {
  static override summary = 'Cuts a file into one interchange a transaction set; what cannot be used is kept apart.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> night.edi --output parts',
    '<%= config.bin %> <%= command.id %> night.edi --output parts --name "{set}-{control}-{n}.edi"',
  ]
  static override args = { file: Args.string({ required: true, description: 'an X12 file, or - for standard input' }) }
  static override flags = {
    output: Flags.string({ required: true, helpValue: 'DIR', description: 'folder for the parts: new or empty' }),
    name: Flags.string({
      helpValue: 'PATTERN',
      default: '{partner}-{set}-{interchange}-{group}-{control}.edi',
      description: 'names of the parts; also {sender}, {receiver} and {n}',
    }),
  }

  async run() {
    const { args, flags } = await this.parse(EdiSplit)
    const { splitEdi } = await import('../../app/edi/split-edi.js')
    const { workspace, output, name } = flags
    const parts: SplitPart[] = []
    let shown = 0
    const result = await splitEdi({ file: args.file, folder: output, pattern: name, workspace }, (part) => {
      if (this.jsonEnabled()) parts.push(part)
      else if (part.kind === 'unusable') this.log(`unusable  ${printable(part.file)}: ${printable(part.reason)}`)
      else if (shown++ < SHOWN) this.log(`${part.set} ${printable(part.control)}  ${printable(part.file)}`)
    })
    if (shown > SHOWN) this.log(`... and ${shown - SHOWN} more`)
    const apart =
      result.unusable === 0 ? '' : `; ${count(result.unusable, 'set')} could not be used and lie in unusable/`
    this.log(`${count(result.written, 'file')} written to ${output}${apart}`)
    if (result.unusable > 0) process.exitCode = ExitCode.partial
    return { ...result, parts }
  }
}
