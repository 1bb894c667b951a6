import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { count } from '../render/money.js'

export default class StateMove extends BaseCommand {
  static override summary = 'Carries the store from its SQLite file to PostgreSQL, or back, and verifies it.'
  static override description =
    'While nothing of the workspace runs. Every table is read back and held against what was copied; the old store is then given up and refuses everybody. Killed at any point, the same call goes on. It ends by saying what to write into matchbook.yaml.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --to "postgres://matchbook@db.lakeside.example/matchbook?sslmode=verify-full" --password-file /etc/matchbook/database-password --schema lakeside',
    '<%= config.bin %> <%= command.id %> --to sqlite',
  ]
  static override flags = {
    to: Flags.string({
      required: true,
      helpValue: 'URL|sqlite',
      description: 'postgres://USER@HOST:PORT/DATABASE without a password, or sqlite: the file in the state folder',
    }),
    schema: Flags.string({ helpValue: 'NAME', default: 'matchbook', description: 'schema for the tables' }),
    'password-env': Flags.string({
      helpValue: 'NAME',
      exclusive: ['password-file'],
      description: 'environment variable that holds the password of the database',
    }),
    'password-file': Flags.string({
      helpValue: 'FILE',
      description: 'file that holds it, relative to the workspace or absolute',
    }),
  }

  async run() {
    const { flags } = await this.parse(StateMove)
    const { moveWorkspace } = await import('../../app/recovery/move-workspace.js')
    const { 'password-env': env, 'password-file': file } = flags
    const outcome = await moveWorkspace({
      workspace: flags.workspace,
      to: flags.to,
      schema: flags.schema,
      password: env !== undefined ? { env } : file !== undefined ? { file } : undefined,
    })
    const { tables, rows, from, to, settings, file: written } = outcome
    const copied =
      tables.length === 0
        ? 'An earlier move had copied everything; it was brought to its end.'
        : `${count(rows, 'row')} of ${count(tables.length, 'table')} copied, read back and found the same.`
    this.log(`${copied}\nFrom ${from}\nto   ${to}\n\nWrite into ${written}:\n\n${settings}`)
    return outcome
  }
}
