import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { verificationText } from '../render/loads.js'

export default class LoadsVerify extends BaseCommand {
  static override summary =
    'Reads back what the ERP has of a load, or of all that were sent: loaded, rejected with its reason, not seen.'
  static override description =
    'By the extracts and the ERP’s result files that runs have read. Exit code 3 when rows were rejected or are not there though it is time; a load of which nothing is there is red.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> 20261120-3f09c21b',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override args = {
    load: Args.string({ description: 'id, or what follows the date in it; without it all that are not wholly there' }),
  }
  static override flags = {
    limit: Flags.integer({ default: 10, min: 0, description: 'how many rows of a load to print; --json holds all' }),
  }

  async run() {
    const { args, flags } = await this.parse(LoadsVerify)
    const { verifyLoads } = await import('../../app/loads/verify-loads.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const verification = await withReading(flags.workspace, (reading) => verifyLoads(reading, args.load))
    this.log(verificationText(verification, flags.limit))
    process.exitCode = verification.exit
    return verification
  }
}
