import { Args, Flags } from '@oclif/core'
import type { EdiFile } from '../../app/edi/edi-file.js'
import { ExitCode } from '../../errors/index.js'
import { BaseCommand } from '../base-command.js'
import { rawHeading, rawLine } from '../render/edi-raw-text.js'
import { type DocumentJson, documentJson, type FindingJson, viewWriter } from '../render/edi-view.js'
import { type TextOut, textOut } from '../render/text-out.js'

export default class EdiView extends BaseCommand {
  static override summary = 'Shows an X12 file as people read it: an order as an order, an invoice as an invoice.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> order.850',
    '<%= config.bin %> <%= command.id %> invoices.810 --set 3',
    '<%= config.bin %> <%= command.id %> invoices.810 --html --output invoices.html',
    'sftp-get orders | <%= config.bin %> <%= command.id %> - --raw',
  ]
  static override args = { file: Args.string({ required: true, description: 'an X12 file, or - for standard input' }) }
  static override flags = {
    raw: Flags.boolean({
      default: false,
      exclusive: ['html', 'set', 'json'],
      description: 'every segment as it stands, one a line, with byte offset, line and plain name',
    }),
    html: Flags.boolean({
      default: false,
      exclusive: ['json'],
      description: 'one page that needs nothing else, to read, mail or print',
    }),
    set: Flags.integer({ helpValue: 'N', min: 1, description: 'only the Nth transaction set of the file' }),
    output: Flags.string({
      helpValue: 'FILE',
      exclusive: ['json'],
      description: 'write there instead of to standard output',
    }),
    'no-color': Flags.boolean({ default: false, description: 'no colour, as with NO_COLOR' }),
  }

  async run() {
    const { args, flags } = await this.parse(EdiView)
    const { withEdiFile } = await import('../../app/edi/edi-file.js')
    return withEdiFile(args.file, async (file) => {
      const out = textOut(flags.output, args.file, (text) => this.log(text))
      try {
        return flags.raw ? await this.raw(file, out) : await this.view(file, out, flags)
      } finally {
        out.end()
      }
    })
  }

  private async raw(file: EdiFile, out: TextOut): Promise<void> {
    const { rawSegments } = await import('../../app/edi/raw-segments.js')
    out.say(rawHeading())
    for await (const segment of rawSegments(file)) out.say(rawLine(segment))
  }

  private async view(
    file: EdiFile,
    out: TextOut,
    { html, set, workspace }: { html: boolean; set: number | undefined; workspace: string | undefined },
  ) {
    const { viewFile } = await import('../../app/edi/view-file.js')
    const { ediWords } = await import('../../app/edi/edi-words.js')
    const words = await ediWords(workspace)
    const write = viewWriter(html ? 'html' : 'text', file.name, out.say)
    const documents: DocumentJson[] = []
    const findings: FindingJson[] = []
    for await (const viewed of viewFile(file, words, set)) {
      if (!this.jsonEnabled()) write.one(viewed)
      else if (viewed.kind === 'finding') findings.push(viewed.finding)
      else documents.push(documentJson(viewed))
      if (viewed.kind === 'finding') process.exitCode = ExitCode.partial
    }
    write.end()
    return { file: file.name, documents, findings }
  }
}
