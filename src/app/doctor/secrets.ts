import { type Redactor, type SecretReference, sayReference, type Workspace } from '../../config/index.js'
import { identityKey } from '../check/identity-key.js'
import { unwrapKeys } from '../pull/unwrap-keys.js'
import { secretReader } from '../workspace/read-secret.js'
import { badBy, type Check, good } from './check.js'

/** Whether every secret that the settings refer to can be had, and opens what it is for where that needs no network. */
export async function secrets(workspace: Workspace, redactor: Redactor): Promise<Check[]> {
  const { settings, jobs, folder } = workspace
  const read = secretReader(folder, redactor)
  const logins = Object.entries(settings.endpoints).flatMap(([name, endpoint]) =>
    endpoint.kind === 'sftp'
      ? Object.entries(endpoint.login).flatMap(([what, reference]: [string, SecretReference | undefined]) =>
          reference === undefined ? [] : [tried(`secret of ${name}: ${what}`, () => read(reference))],
        )
      : [],
  )
  const pgp = [...jobs].flatMap(([job, { inputs }]) =>
    Object.entries(inputs).flatMap(([input, { from }]) =>
      from.flatMap(({ unwrap }) =>
        unwrap?.key === undefined
          ? []
          : [tried(`PGP key of ${job}, input ${input}`, () => unwrapKeys(unwrap, read, folder))],
      ),
    ),
  )
  const deliveries = [
    ...[...jobs].flatMap(([job, { loads }]) => loads.map((load) => [`${job}, load ${load.template}`, load] as const)),
    ...Object.entries(settings.partners).map(([partner, { x12 }]) => [`partner ${partner}`, x12?.['send-to']] as const),
  ]
  const signing = deliveries.flatMap(([whose, delivery]) =>
    [delivery?.wrap?.['sign-with'], delivery?.wrap?.passphrase].flatMap((reference) =>
      reference === undefined
        ? []
        : [tried(`secret to sign with, ${whose}: ${sayReference(reference)}`, () => read(reference))],
    ),
  )
  const telling = Object.entries(settings.telemetry ?? {}).flatMap(([who, told]) =>
    Object.entries(told?.headers ?? {}).map(([header, reference]) =>
      tried(`secret of ${who}: ${header}`, () => read(reference)),
    ),
  )
  const privacy =
    settings.privacy === undefined ? [] : [tried('key of the identities', () => identityKey(settings, read))]
  const s3 = settings.archive?.s3
  const archive =
    s3 === undefined
      ? []
      : (['access-key', 'secret-key'] as const).map((key) => tried(`${key} of the archive`, () => read(s3[key])))
  const { password } = settings.state
  const database = password === undefined ? [] : [tried('password of the state', () => read(password))]
  const channels = Object.entries(settings.notify?.channels ?? {}).flatMap(([name, channel]) => {
    const reference =
      channel.kind === 'webhook' ? channel.url : channel.kind === 'email' ? channel.login?.password : undefined
    return reference === undefined ? [] : [tried(`secret of channel ${name}`, () => read(reference))]
  })
  return Promise.all([...database, ...archive, ...logins, ...pgp, ...signing, ...telling, ...privacy, ...channels])
}

async function tried(subject: string, work: () => Promise<unknown>): Promise<Check> {
  try {
    await work()
    return good(subject, 'found')
  } catch (error) {
    return badBy(subject, error)
  }
}
