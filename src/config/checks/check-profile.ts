import path from 'node:path'
import type { Problem } from '../problem.js'
import { entryKeys } from '../profile-overlay.js'
import type { Setting } from '../setting.js'

/**
 * What a schema cannot see in a file of profiles/: that it moves everything that could reach the other profile. `folder`: of the
 * workspace, to tell whether two folders are one.
 */
export function checkProfile(overlay: Setting, main: Setting, folder: string): Problem[] {
  return [
    ...endpoints(overlay.at('endpoints'), main.at('endpoints'), folder),
    ...entryKeys.flatMap((key) =>
      overlay.at(key).names.flatMap((name) => overlay.at(key).isNamedLike(name, key.slice(0, -1), main.at(key).names)),
    ),
    ...keeping(overlay, main, folder),
  ]
}

function endpoints(here: Setting, there: Setting, folder: string): Problem[] {
  if (here.value === undefined) return []
  const absent = there.names.filter((name) => !here.names.includes(name))
  const places = there.entries().map(([name, endpoint]) => ({ name, endpoint }))
  return [
    ...here.names.flatMap((name) => here.isNamedLike(name, 'endpoint', there.names)),
    ...absent.map((name) =>
      here.problem(`endpoint "${name}" is missing`, 'every endpoint of matchbook.yaml: none is taken over', {
        at: 'key',
      }),
    ),
    ...here.entries().flatMap(([, endpoint]) => {
      const same = places.find((one) => isSamePlace(endpoint, one.endpoint, folder))
      return same === undefined
        ? []
        : [
            endpoint.problem(
              `the place of endpoint "${same.name}" of matchbook.yaml`,
              'another place, or another login',
            ),
          ]
    }),
  ]
}

/** A login on a server, or a folder in which the other lies. */
function isSamePlace(one: Setting, other: Setting, folder: string): boolean {
  const server = (endpoint: Setting) =>
    [
      endpoint.at('host').text?.toLowerCase().replace(/\.$/, ''),
      endpoint.at('port').number ?? 22,
      endpoint.at('username').text,
    ].join(' ')
  if (one.at('kind').text === 'sftp') return other.at('kind').text === 'sftp' && server(one) === server(other)
  return overlap(one.at('folder'), other.at('folder'), folder)
}

function keeping(overlay: Setting, main: Setting, folder: string): Problem[] {
  const folders = [
    ['state', 'folder'],
    ['backup', 'folder'],
    ['metrics', 'file'],
  ] as const
  const kept = folders.flatMap(([key, inside]) => {
    const [here, there] = [overlay.at(key).at(inside), main.at(key).at(inside)]
    if (!overlap(here, there, folder)) return []
    return [here.problem(`"${here.text}" lies with the ${key} of matchbook.yaml`, 'a place of its own')]
  })
  const [here, there] = [overlay.at('state'), main.at('state')]
  const schema = (state: Setting) => state.at('schema').text ?? 'matchbook'
  const isOneStore =
    here.at('database').text !== undefined && databaseOf(here) === databaseOf(there) && schema(here) === schema(there)
  const bucket = overlay.at('archive').at('s3')
  return [
    ...kept,
    ...(isOneStore
      ? [
          here
            .at('database')
            .problem('the database and schema of matchbook.yaml', 'another schema, or another database'),
        ]
      : []),
    ...(isOneBucket(bucket, main.at('archive').at('s3'))
      ? [bucket.at('prefix').problem('the bucket and prefix of matchbook.yaml', 'another prefix, or another bucket')]
      : []),
  ]
}

/** Each profile removes there what it does not know. */
function isOneBucket(one: Setting, other: Setting): boolean {
  const place = (s3: Setting) =>
    [s3.at('endpoint').text?.toLowerCase().replace(/\/$/, ''), s3.at('bucket').text, s3.at('prefix').text].join(' ')
  return one.at('bucket').text !== undefined && place(one) === place(other)
}

/** Host, port and database; who logs in and how is no other store. */
function databaseOf(state: Setting): string | undefined {
  const { text } = state.at('database')
  if (text === undefined || !URL.canParse(text)) return text
  const { hostname, port, pathname, searchParams } = new URL(text)
  return [searchParams.get('host') ?? hostname, port === '' ? '5432' : port, pathname].join(' ')
}

function overlap(one: Setting, other: Setting, folder: string): boolean {
  if (one.text === undefined || other.text === undefined) return false
  const [a, b] = [path.resolve(folder, one.text), path.resolve(folder, other.text)]
  const isIn = (inner: string, outer: string) => {
    const way = path.relative(outer, inner)
    return way.split(path.sep)[0] !== '..' && !path.isAbsolute(way)
  }
  return isIn(a, b) || isIn(b, a)
}
