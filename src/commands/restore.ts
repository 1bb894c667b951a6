import { Args } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { bytesText } from './render/byte-count.js'
import { count } from './render/money.js'

export default class Restore extends BaseCommand {
  static override summary = 'Lays a backup out as a workspace in an empty folder, and verifies all of it.'
  static override examples = ['<%= config.bin %> <%= command.id %> /mnt/backup/20261121T050000Z /srv/matchbook']
  static override args = {
    backup: Args.string({ required: true, description: 'folder that matchbook backup has made' }),
    dir: Args.string({ required: true, description: 'an empty folder, or one that is not there yet' }),
  }

  async run() {
    const { args } = await this.parse(Restore)
    const { restore } = await import('../app/recovery/restore.js')
    const outcome = await restore(args.backup, args.dir)
    this.log(
      `${outcome.folder} is as it was at ${outcome.takenAt}: ${count(outcome.files, 'file')}, ${bytesText(outcome.bytes)}, all verified`,
    )
    if (outcome.isOverlay)
      this.log(
        `It is the store of profile ${outcome.profile}: say --profile ${outcome.profile} with every command there`,
      )
    this.log('Put the keys back, then see what is missing: matchbook doctor --connect')
    return outcome
  }
}
