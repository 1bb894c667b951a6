import { counted, type Finding, ZERO } from '../../canonical/index.js'
import type { ExtractInput, Workspace } from '../../config/index.js'
import type { FileRow } from '../../state/index.js'
import type { Together } from './extract-parts.js'

/** What is wrong with an extract, of which its files are the evidence. Nobody can say how much money it is about. */
const about = (
  { settings }: Workspace,
  files: readonly FileRow[],
  finding: Pick<Finding, 'code' | 'keys' | 'message' | 'values'>,
): Finding => ({
  ...finding,
  amountAtRisk: ZERO,
  currency: settings.currency,
  tolerance: null,
  evidence: files.map(({ name, sha256 }) => ({ file: name, sha256 })),
})

const names = (files: readonly FileRow[]): string => files.map(({ name }) => name).join(', ')

export const stale = (
  file: FileRow,
  name: string,
  part: string | undefined,
  input: ExtractInput,
  workspace: Workspace,
): Finding =>
  about(workspace, [file], {
    code: 'FILE-STALE',
    keys: { file: part === undefined ? name : `${name} (${part})` },
    message: `The newest ${name} extract, ${file.name}, was written at ${file.modified}: older than ${input['max-age-hours']} hours`,
    values: { written: file.modified, 'oldest allowed (hours)': String(input['max-age-hours']) },
  })

export const late = (name: string, { contract }: ExtractInput, workspace: Workspace): Finding =>
  about(workspace, [], {
    code: 'FILE-LATE',
    keys: { file: name },
    message: `No usable ${name} extract (contract ${contract}) has arrived; nothing can be matched without it`,
    values: { contract },
  })

/** What it takes values from did not come, or cannot be used; so its own file waits. */
export const withoutLookUps = (
  name: string,
  unmet: readonly string[],
  file: FileRow | undefined,
  workspace: Workspace,
): Finding =>
  about(workspace, file === undefined ? [] : [file], {
    code: 'FILE-LATE',
    keys: { file: name },
    message: `${name} is not used: it takes values from files of contract ${unmet.join(' and ')}, and no usable one has arrived`,
    values: { 'looks up': unmet.join(', ') },
  })

export const incomplete = ({ set, files, lacking }: Together, name: string, workspace: Workspace): Finding => {
  const came = files.map(({ file }) => file)
  return about(workspace, came, {
    code: 'FILE-LATE',
    keys: { file: name, record: set },
    message: `Extract ${set} of ${name} has ${lacking?.has} of its ${lacking?.of} files; none of them is used before the others come`,
    values: { 'files that came': names(came), 'files it has': String(lacking?.of) },
  })
}

/** Changes without a whole extract below them. */
export const loose = (files: readonly FileRow[], name: string, workspace: Workspace): Finding =>
  about(workspace, files, {
    code: 'FILE-LATE',
    keys: { file: name, record: 'whole' },
    message: `${counted(files.length, 'file')} of changes of ${name} came, and no whole extract that they could be put over`,
    values: { 'files that came': names(files) },
  })

/** Changes of which nothing is used before those that came earlier can be. */
export const waiting = (files: readonly FileRow[], refused: FileRow, name: string, workspace: Workspace): Finding =>
  about(workspace, [refused, ...files], {
    code: 'FILE-LATE',
    keys: { file: name, record: refused.name },
    message: `${counted(files.length, 'file')} of changes of ${name} wait for ${refused.name}, which came before them and cannot be used: have it sent again, or discard it`,
    values: { 'files that wait': names(files), 'cannot be used': refused.name },
  })

export const unrouted = (file: FileRow, name: string, parts: string | undefined, workspace: Workspace): Finding =>
  about(workspace, [file], {
    code: 'FILE-UNROUTED',
    keys: { file: file.name },
    message: `${file.name} was taken for ${name}, and its name does not say where in it it belongs: ${parts} does not fit`,
    values: { pattern: parts ?? null },
  })
