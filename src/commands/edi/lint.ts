import { Args, Flags } from '@oclif/core'
import { ExitCode } from '../../errors/index.js'
import { BaseCommand } from '../base-command.js'
import { textWriter } from '../render/edi-lint-text.js'
import { type FiledFinding, sarifLog } from '../render/edi-sarif.js'
import { textOut } from '../render/text-out.js'

export default class EdiLint extends BaseCommand {
  static override summary =
    'Checks X12 files: envelopes, structure, elements and codes, with the place and what would be right.'
  static override strict = false
  static override examples = [
    '<%= config.bin %> <%= command.id %> invoices.810',
    '<%= config.bin %> <%= command.id %> in/*.edi --format sarif --output findings.sarif',
    'unzip -p drop.zip | <%= config.bin %> <%= command.id %> - --json',
  ]
  static override args = {
    file: Args.string({ required: true, description: 'one or more X12 files; - for standard input' }),
  }
  static override flags = {
    format: Flags.option({
      options: ['text', 'sarif'] as const,
      default: 'text' as const,
      description: 'sarif: SARIF 2.1.0, as code hosts and editors read it',
    })(),
    limit: Flags.integer({ default: 1000, min: 1, description: 'how many findings to show; all are counted' }),
    output: Flags.string({
      helpValue: 'FILE',
      exclusive: ['json'],
      description: 'write there instead of to standard output',
    }),
    'no-color': Flags.boolean({ default: false, description: 'no colour, as with NO_COLOR' }),
  }

  async run() {
    const { args, argv, flags } = await this.parse(EdiLint)
    const { lintFiles } = await import('../../app/edi/lint-files.js')
    const out = textOut(flags.output, args.file, (text) => this.log(text))
    const sarif = flags.format === 'sarif'
    const text = textWriter(out.say, flags.limit)
    const findings: FiledFinding[] = []
    const results = await lintFiles(argv as string[], flags.workspace, (finding, file) => {
      if (!sarif && !this.jsonEnabled()) text.one(finding, file)
      else if (findings.length < flags.limit) findings.push({ ...finding, file })
    })
    if (sarif) {
      const { loadRuleText } = await import('../../app/edi/rule-text.js')
      const { version } = await import('../../app/workspace/shipped.js')
      out.say(JSON.stringify(sarifLog(findings, version(), await loadRuleText()), null, 2))
    } else if (!this.jsonEnabled()) text.end(results)
    out.end()
    if (results.some(({ errors }) => errors > 0)) process.exitCode = ExitCode.openExceptions
    return { files: results, findings }
  }
}
