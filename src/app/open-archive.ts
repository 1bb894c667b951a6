import path from 'node:path'
import type { Redactor, Workspace } from '../config/index.js'
import { resolveSecret } from '../config/secrets.js'
import { type Archive, type KeptBytes, keptInFolder, openArchive } from '../exchange/index.js'
import type { ExaminedStore } from '../exchange/s3/examine-s3.js'
import type { S3ArchiveSettings } from '../exchange/s3/s3-archive.js'
import { type ReadSecret, secretReader } from './workspace/read-secret.js'
import { stateFolder } from './workspace/state-folder.js'

// The archive of a workspace: a folder, or a bucket. What speaks with a bucket is imported when there is one.

/** The archive to read from. */
export async function keptBytes(workspace: Workspace): Promise<KeptBytes> {
  const inS3 = s3Archive(workspace, (reference) => resolveSecret(reference, workspace.folder))
  if (inS3 === undefined) return keptInFolder(path.join(stateFolder(workspace), 'archive'))
  return (await import('../exchange/s3/s3-archive.js')).keptInS3(inS3)
}

/** @throws DISK-FULL, WORKSPACE-READ-ONLY */
export async function openArchiveOf(workspace: Workspace, secret: ReadSecret): Promise<Archive> {
  const inS3 = s3Archive(workspace, secret)
  if (inS3 === undefined) return openArchive(path.join(stateFolder(workspace), 'archive'))
  return (await import('../exchange/s3/s3-archive.js')).openS3Archive(inS3)
}

/** Undefined where the archive is in a folder. */
function s3Archive(workspace: Workspace, secret: ReadSecret): S3ArchiveSettings | undefined {
  const { archive } = workspace.settings
  if (archive === undefined) return undefined
  const { s3, copies } = archive
  const { 'server-side-encryption': algorithm, 'kms-key': key } = s3
  return {
    place: {
      bucket: s3.bucket,
      prefix: s3.prefix,
      endpoint: s3.endpoint,
      region: s3.region,
      pathStyle: s3['path-style'] ?? s3.endpoint !== undefined,
      tries: s3.tries,
      caFile: s3.ca === undefined ? undefined : path.resolve(workspace.folder, s3.ca),
      encryption: algorithm === undefined ? undefined : { algorithm, key },
    },
    copies:
      copies === undefined
        ? path.join(stateFolder(workspace), 'archive-copies')
        : path.resolve(workspace.folder, copies),
    keys: async () => ({ accessKey: await secret(s3['access-key']), secretKey: await secret(s3['secret-key']) }),
  }
}

/** The store of the archive, to be looked at by the doctor; undefined where it is a folder. @throws SECRET-MISSING, ARCHIVE-REFUSED */
export async function openExaminedArchive(
  workspace: Workspace,
  redactor: Redactor,
): Promise<ExaminedStore | undefined> {
  const inS3 = s3Archive(workspace, secretReader(workspace.folder, redactor))
  if (inS3 === undefined) return undefined
  return (await import('../exchange/s3/examine-s3.js')).examineS3(inS3.place, await inS3.keys())
}
