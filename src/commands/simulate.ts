import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { faultsText, simulatedText } from './render/simulated.js'

export default class Simulate extends BaseCommand {
  static override summary =
    'Makes a workspace with a health system’s night in it: partners, ERP and EHR with chosen faults, and the truth a run must find.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./night --seed 7',
    '<%= config.bin %> <%= command.id %> ./night --job receipt-to-invoice --layout lawson --lines 100000',
    '<%= config.bin %> <%= command.id %> ./night --fault all=0.001 --fault INV-PRICE=0.02 --fault payment-terms=0',
    '<%= config.bin %> <%= command.id %> --list-faults --job receipt-to-invoice',
  ]
  static override args = {
    folder: Args.string({
      default: 'matchbook-night',
      description: 'folder for the workspace; one that holds none yet',
    }),
  }
  static override flags = {
    seed: Flags.integer({
      default: 1,
      min: 1,
      description: 'another seed, another health system; the same, the same bytes',
    }),
    layout: Flags.option({
      options: ['both', 'lawson', 'peoplesoft'] as const,
      default: 'both' as const,
      description: 'layout of the ERP extracts; both: two companies, one on each',
    })(),
    lines: Flags.integer({ default: 300, min: 1, max: 1_000_000, description: 'PO lines of the ERP, at the least' }),
    job: Flags.string({
      description: 'shipped job that the night is for; may be given more than once; all for each',
      multiple: true,
      default: ['all'],
    }),
    fault: Flags.string({
      helpValue: 'NAME=RATE',
      description:
        'a fault, exception code, job, or all, and how many of a PO line each comes to (0 to 1); may be given more than once, the later goes first; without it each fault once a company',
      multiple: true,
      default: [],
    }),
    'as-of': Flags.string({
      helpValue: 'DATE',
      description: 'business day of the night, yyyy-mm-dd; today without it',
    }),
    'list-faults': Flags.boolean({ default: false, description: 'only say what can be planted, and what it raises' }),
  }

  async run() {
    const { args, flags } = await this.parse(Simulate)
    const { listFaults, simulate } = await import('../app/simulate/simulate.js')
    if (flags['list-faults']) {
      const faults = listFaults(flags.job)
      this.log(faultsText(faults))
      return { faults }
    }
    const { seed, layout, lines, job: jobs, fault: faults } = flags
    const made = await simulate({ folder: args.folder, seed, layout, lines, jobs, faults, asOf: flags['as-of'] })
    this.log(simulatedText(made, args.folder))
    return made
  }
}
