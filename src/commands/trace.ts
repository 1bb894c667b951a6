import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { timelineText } from './render/timeline.js'

export default class Trace extends BaseCommand {
  static override summary =
    'What happened to one PO, invoice, item, file or case, in order, and where each thing stands.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> po 1204825',
    '<%= config.bin %> <%= command.id %> po 4500031372 --company 20 --release 3',
    '<%= config.bin %> <%= command.id %> invoice 70416496 --bytes',
    '<%= config.bin %> <%= command.id %> file MED20261120.810 --json',
  ]
  static override args = {
    subject: Args.custom<'po' | 'invoice' | 'item' | 'file' | 'case'>({
      options: ['po', 'invoice', 'item', 'file', 'case'],
    })({ required: true, description: 'po, invoice, item, file or case' }),
    number: Args.string({
      required: true,
      description: 'its number as the document has it; of a file its number, name or hash; of a case its keyed hash',
    }),
  }
  static override flags = {
    company: Flags.string({ description: 'of the PO or invoice, where several companies have that number' }),
    release: Flags.string({ description: 'of a blanket PO' }),
    partner: Flags.string({ description: 'who sent the invoice, where several partners have that number' }),
    bytes: Flags.boolean({ default: false, description: 'also the bytes of its documents, from the archive' }),
    limit: Flags.integer({ default: 500, min: 1, max: 100_000, description: 'so many entries, the latest' }),
  }

  async run() {
    const { args, flags } = await this.parse(Trace)
    const { trace } = await import('../app/trace/trace.js')
    const { withReading } = await import('../app/open-workspace.js')
    const { company, release, partner, bytes, limit } = flags
    const which = { ...(company && { company }), ...(release && { release }), ...(partner && { partner }) }
    const timeline = await withReading(flags.workspace, (reading) =>
      trace(reading, { ...args, ...which, bytes, limit }),
    )
    this.log(timelineText(timeline))
    return timeline
  }
}
