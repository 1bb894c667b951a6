import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Finding } from '../../canonical/index.js'
import type { ExtractContract } from '../../config/index.js'
import {
  checkExtract,
  type ExtractCheck,
  type ExtractFile,
  isNested,
  type LookedUpFiles,
  needsIdentityKey,
  needsPart,
  useIdentityKey,
} from '../../contracts/index.js'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import { hashOfFile } from '../../outputs/place-file.js'
import { inputFile, unpackedFile } from '../diff/input-file.js'
import { openCalculator } from '../open-calculator.js'
import { namedContract } from '../workspace/named-settings.js'
import { requireWorkspace } from '../workspace/require-workspace.js'
import { settingsVersion } from '../workspace/settings-version.js'
import { changesIn, contractsTaking, partIn } from './contract-uses.js'

export interface CheckFileRequest {
  readonly file: string
  /** Name or YAML file; without it the one whose drops would take a file of this name. */
  readonly contract: string | undefined
  readonly workspace: string | undefined
  /** CONTRACT=FILE of each file that it takes values from. */
  readonly lookUps: readonly string[]
}

export interface CheckedFile extends Omit<ExtractCheck, 'file' | 'findings'> {
  readonly file: string
  readonly sha256: string
  readonly version: string
  readonly findings: readonly Pick<Finding, 'code' | 'keys' | 'message' | 'values' | 'evidence'>[]
  readonly exit: ExitCode
}

/**
 * Holds a file against its contract as a night does, and leaves no trace of it: nothing is booked, archived or raised. Ends with 4
 * where a night would put the file in quarantine, with 3 where it would raise exceptions.
 * @throws USAGE, WORKSPACE-INVALID
 */
export async function checkFile(request: CheckFileRequest): Promise<CheckedFile> {
  const contract = await contractOf(request)
  return {
    ...(await checkUnder(contract, request.file, await roleOf(request, contract), await othersOf(request, contract))),
    version: settingsVersion(contract),
  }
}

/** The same under a contract that is at hand. */
export async function checkUnder(
  contract: ExtractContract,
  name: string,
  role: Pick<ExtractFile, 'part' | 'changes'> = {},
  lookUps?: LookedUpFiles,
): Promise<Omit<CheckedFile, 'version'>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-check-'))
  const engine = await openCalculator(folder)
  try {
    const file = await whole(name, folder, contract)
    // Hashes are compared with each other and shown to nobody: any key does.
    if (needsIdentityKey(contract)) await useIdentityKey(engine, randomBytes(32).toString('hex'))
    const { sha256 } = await hashOfFile(file)
    const check = await checkExtract(
      engine,
      contract,
      { index: 0, path: file, name: path.basename(name), sha256, ...role },
      {
        tempFolder: folder,
        asOf: new Date().toISOString().slice(0, 10),
        ...(lookUps === undefined ? {} : { lookUps }),
      },
    )
    return {
      ...check,
      file: name,
      sha256,
      findings: check.findings.map(({ code, keys, message, values, evidence }) => ({
        code,
        keys,
        message,
        values,
        evidence,
      })),
      exit: !check.usable ? ExitCode.partial : check.findings.length > 0 ? ExitCode.openExceptions : ExitCode.done,
    }
  } finally {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The file as the check reads it: gzip unpacked. An empty one is the contract's to judge. */
async function whole(name: string, folder: string, { format, contract }: ExtractContract): Promise<string> {
  const found = await stat(name).catch(() => undefined)
  if (found?.isFile() === true && found.size === 0) return name
  if (isNested(format)) return unpackedFile(name, folder)
  const file = await inputFile(name, folder)
  if (file.nested !== undefined) throw anotherKind(file.nested.format.kind.toUpperCase())
  if (file.workbook === undefined) return file.copied?.original ?? file.path
  if (format.kind === 'xlsx') return name
  throw anotherKind('a workbook')

  function anotherKind(what: string): MatchbookError {
    return new MatchbookError('USAGE', `${name} is ${what}, and contract ${contract} asks for ${format.kind} text`, {
      hint: 'Name another one with --contract, have the system write text, or write the kind that it is in the contract',
      facts: { file: name },
    })
  }
}

/** What the inputs that take it say of a file of this name: which part it is, and whether it holds changes alone. @throws WORKSPACE-INVALID */
async function roleOf(
  { file, workspace }: CheckFileRequest,
  contract: ExtractContract,
): Promise<Pick<ExtractFile, 'part' | 'changes'>> {
  const changes = contract.projections.some((projection) => projection.changes !== undefined)
  if (!changes && !needsPart(contract)) return {}
  const inputs = await requireWorkspace(workspace).catch((error: unknown) => {
    if (needsPart(contract)) throw error
    return undefined
  })
  if (inputs === undefined) return { changes }
  const part = partIn(file, contract.contract, inputs)
  return { ...(part === undefined ? {} : { part }), changes: changesIn(file, contract.contract, inputs) }
}

/** The files that the contract takes values from. @throws USAGE where one is not given, or is of no contract that is looked up in */
async function othersOf(
  { lookUps, workspace }: CheckFileRequest,
  { contract, 'look-ups': wanted }: ExtractContract,
): Promise<LookedUpFiles> {
  const names = [...new Set(Object.values(wanted).map((lookUp) => lookUp.contract))]
  const files = new Map<string, { contract: ExtractContract; paths: string[] }>()
  for (const given of lookUps) {
    const [name = '', ...rest] = given.split('=')
    const file = rest.join('=')
    if (!names.includes(name) || file === '')
      throw new MatchbookError(
        'USAGE',
        `--look-up ${given}: contract ${contract} looks up ${names.join(', ') || 'nothing'}`,
        {
          hint: `Write --look-up CONTRACT=FILE`,
        },
      )
    files.set(name, {
      contract: await namedContract(name, workspace),
      paths: [...(files.get(name)?.paths ?? []), file],
    })
  }
  const lacking = names.filter((name) => !files.has(name))
  if (lacking.length > 0)
    throw new MatchbookError('USAGE', `contract ${contract} takes values from files of ${lacking.join(' and ')}`, {
      hint: `Give one of each: ${lacking.map((name) => `--look-up ${name}=FILE`).join(' ')}`,
    })
  return files
}

/** @throws USAGE when the name of the file does not tell which contract it comes under */
async function contractOf({ file, contract, workspace }: CheckFileRequest): Promise<ExtractContract> {
  if (contract !== undefined) return namedContract(contract, workspace)
  const { contracts, jobs } = await requireWorkspace(workspace)
  const taking = contractsTaking(file, { contracts, jobs })
  const [only] = taking
  const known = contracts.get(only ?? '')
  if (known !== undefined && taking.length === 1) return known
  throw new MatchbookError(
    'USAGE',
    taking.length === 0
      ? `no input of the workspace takes a file named ${path.basename(file)}`
      : `a file named ${path.basename(file)} comes under ${taking.join(', ')}`,
    {
      hint: `Say which contract: --contract NAME, one of ${(taking.length === 0 ? [...contracts.keys()] : taking).join(', ')}`,
    },
  )
}
