import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Endpoint,
  FirstLooks,
  type FolderArchive,
  openArchive,
  type PullDrop,
  pullDrop,
} from '../../src/exchange/index.js'
import { createLocalEndpoint } from '../../src/exchange/local/local-endpoint.js'
import { FileLedger } from './ledger.js'

let home: string
let root: string
let archive: FolderArchive
let ledger: FileLedger
let endpoint: Endpoint

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'matchbook-pull-'))
  root = path.join(home, 'partner')
  mkdirSync(path.join(root, 'out'), { recursive: true })
  archive = await openArchive(path.join(home, 'archive'))
  ledger = new FileLedger()
  endpoint = createLocalEndpoint('medline', { folder: root })
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const drop = (otherwise: Partial<PullDrop> = {}): PullDrop => ({
  folder: 'out',
  include: ['*.810'],
  exclude: [],
  stableSeconds: 0,
  after: 'leave',
  ...otherwise,
})
const pull = (otherwise: Partial<PullDrop> = {}, from = endpoint) => pullDrop(from, drop(otherwise), archive, ledger)
const put = (name: string, text: string | Buffer, modified = 1_700_000_000): void => {
  writeFileSync(path.join(root, name), text)
  utimesSync(path.join(root, name), modified, modified)
}
const names = (files: readonly { readonly name: string }[]): string[] => files.map(({ name }) => name)
const atSource = (folder = 'out'): string[] => readdirSync(path.join(root, folder)).sort()
/** The endpoint with one operation that does something else as well. */
const but = (otherwise: Partial<Endpoint>): Endpoint => ({ ...endpoint, ...otherwise })

describe('pulling a drop', () => {
  it('archives a new file under its hash and says all that is known of it', async () => {
    const text = 'ISA*00*'
    put('out/INV.810', text)
    const { taken } = await pull({ partner: 'medline-industries' })
    const sha256 = createHash('sha256').update(text).digest('hex')
    expect(taken).toEqual([
      {
        endpoint: 'medline',
        folder: 'out',
        name: 'INV.810',
        path: 'out/INV.810',
        size: 7,
        modified: '2023-11-14T22:13:20.000Z',
        sha256,
        archivePath: path.join(home, 'archive', sha256.slice(0, 2), sha256),
        takenAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        partner: 'medline-industries',
      },
    ])
    expect(readFileSync(await archive.path(sha256), 'utf8')).toBe(text)
    expect(readdirSync(path.join(home, 'archive', 'work'))).toEqual([])
  })

  it('takes what the patterns ask for, in the order of names, and nothing else', async () => {
    for (const name of ['b.810', 'a.810', 'c.855', 'test-x.810', '.hidden.810']) put(`out/${name}`, name)
    const result = await pull({ include: ['*.810', '*.8??'], exclude: ['test-*'] })
    expect(names(result.taken)).toEqual(['a.810', 'b.810', 'c.855'])
    expect(result.skipped).toEqual([])
  })

  it('takes an empty file too: that it is empty is for the reader to say', async () => {
    put('out/empty.810', '')
    expect((await pull()).taken).toMatchObject([{ size: 0 }])
  })

  it('reports pipes, links and odd names, and takes the rest', async () => {
    put('out/good.810', 'x')
    symlinkSync('/etc/passwd', path.join(root, 'out/link.810'))
    execFileSync('mkfifo', [path.join(root, 'out/pipe.810')])
    writeFileSync(path.join(root, 'out/..\\..\\up.810'), 'x')
    writeFileSync(Buffer.concat([Buffer.from(`${root}/out/`), Buffer.from([0xe9]), Buffer.from('.810')]), 'x')
    mkdirSync(path.join(root, 'out/folder.810'))
    const result = await pull({ after: 'remove' })
    expect(names(result.taken)).toEqual(['good.810'])
    expect(names(result.skipped).sort()).toEqual(['..\\..\\up.810', 'link.810', 'pipe.810', '\uFFFD.810'])
    expect(result.failures).toEqual([])
    expect(atSource()).toHaveLength(5)
  })

  it('names the folder that is missing', async () => {
    const { failures } = await pull({ folder: 'none' })
    expect(failures).toMatchObject([{ error: { code: 'REMOTE-MISSING' } }])
  })
})

describe('a file that is still being written', () => {
  /** Something happens at the source between the first look and the second. */
  const afterFirstLook = (change: () => void): Endpoint => {
    let looks = 0
    return but({
      async list(folder) {
        looks += 1
        if (looks === 2) change()
        return endpoint.list(folder)
      },
    })
  }

  it.each([
    ['grew', () => appendFileSync(path.join(root, 'out/b.810'), 'more')],
    ['was touched', () => utimesSync(path.join(root, 'out/b.810'), 1_700_000_001, 1_700_000_001)],
    ['vanished', () => rmSync(path.join(root, 'out/b.810'))],
  ])('waits for the next run when it %s in the meantime; the others go on', async (_what, change) => {
    for (const name of ['a.810', 'b.810', 'c.810']) put(`out/${name}`, name)
    const result = await pull({ stableSeconds: 0.01 }, afterFirstLook(change))
    expect(names(result.taken)).toEqual(['a.810', 'c.810'])
    expect(names(result.skipped)).toEqual(['b.810'])
  })

  describe('in one of several drops of an endpoint', () => {
    const [first, second] = [drop({ stableSeconds: 0.3 }), drop({ folder: 'more', stableSeconds: 0.3 })]
    const both = async (from: Endpoint) => {
      const firstLooks = new FirstLooks([first, second])
      const pullOne = (one: PullDrop) => pullDrop(from, one, archive, ledger, { firstLooks })
      const [a, b] = [await pullOne(first), await pullOne(second)]
      return { taken: names([...a.taken, ...b.taken]), skipped: names([...a.skipped, ...b.skipped]) }
    }
    /** A file of the second folder grows after some of the looks into it. */
    const growingAfter = (...looks: readonly number[]): Endpoint => {
      let before = 0
      return but({
        async list(folder) {
          const entries = await endpoint.list(folder)
          if (folder === 'more' && looks.includes(++before)) appendFileSync(path.join(root, 'more/b.810'), 'more')
          return entries
        },
      })
    }
    beforeEach(() => {
      mkdirSync(path.join(root, 'more'))
      put('out/a.810', 'a')
      for (const name of ['b.810', 'c.810']) put(`more/${name}`, name)
    })

    it('all wait once, and together: each folder is looked into before that and after', async () => {
      const looks: string[] = []
      const counting = but({
        list(folder) {
          looks.push(folder)
          return endpoint.list(folder)
        },
      })
      const began = performance.now()
      expect(await both(counting)).toEqual({ taken: ['a.810', 'b.810', 'c.810'], skipped: [] })
      expect(performance.now() - began).toBeGreaterThan(299)
      expect(looks).toEqual(['out', 'more', 'out', 'more'])
    })

    it('waits by itself when it grew while the first drop waited', async () => {
      const { taken, skipped } = await both(growingAfter(1))
      expect({ taken, skipped }).toEqual({ taken: ['a.810', 'b.810', 'c.810'], skipped: [] })
    })

    it('waits for the next run when it grew then as well', async () => {
      const { taken, skipped } = await both(growingAfter(1, 2))
      expect({ taken, skipped }).toEqual({ taken: ['a.810', 'c.810'], skipped: ['b.810'] })
    })

    it('takes nothing from a folder that is not there, and all from the other', async () => {
      rmSync(path.join(root, 'more'), { recursive: true })
      expect(await both(endpoint)).toEqual({ taken: ['a.810'], skipped: [] })
    })
  })

  it('is taken by the next run', async () => {
    put('out/b.810', 'half')
    await pull(
      { stableSeconds: 0.01 },
      afterFirstLook(() => appendFileSync(path.join(root, 'out/b.810'), ' and half')),
    )
    const { taken } = await pull({ stableSeconds: 0.01 })
    expect(taken).toMatchObject([{ name: 'b.810', size: 13 }])
  })

  it('is reported when it grows after the wait, and the others go on', async () => {
    for (const name of ['a.810', 'b.810', 'c.810']) put(`out/${name}`, name)
    const growing = but({
      async get(file, sink) {
        if (file === 'out/b.810') appendFileSync(path.join(root, file), 'more')
        return endpoint.get(file, sink)
      },
    })
    const result = await pull({ after: 'remove' }, growing)
    expect(names(result.taken)).toEqual(['a.810', 'c.810'])
    expect(result.failures).toMatchObject([{ name: 'b.810', error: { code: 'TRANSFER-FAILED' } }])
    expect(atSource()).toEqual(['b.810'])
    expect(ledger.files).toHaveLength(2)
  })

  it('that vanished after the wait is reported, and the others go on', async () => {
    for (const name of ['a.810', 'b.810']) put(`out/${name}`, name)
    const vanishing = but({
      async get(file, sink) {
        if (file === 'out/a.810') rmSync(path.join(root, file))
        return endpoint.get(file, sink)
      },
    })
    const result = await pull({}, vanishing)
    expect(names(result.taken)).toEqual(['b.810'])
    expect(result.failures).toMatchObject([{ name: 'a.810', error: { code: 'REMOTE-MISSING' } }])
  })
})

describe('what was taken before', () => {
  it('is not downloaded again when it is left at the source', async () => {
    put('out/a.810', 'x')
    await pull()
    const result = await pull({}, but({ get: () => Promise.reject(new Error('downloaded again')) }))
    expect(result).toEqual({ taken: [], duplicates: [], skipped: [], failures: [] })
  })

  it('is taken when the partner puts other bytes under its name', async () => {
    put('out/a.810', 'x')
    await pull()
    put('out/a.810', 'y', 1_700_009_999)
    expect((await pull()).taken).toHaveLength(1)
  })

  it('is a duplicate under another name: kept in the ledger, moved away, not new', async () => {
    put('out/a.810', 'same')
    put('out/b.810', 'same')
    const result = await pull({ after: { move: 'done' } })
    expect(names(result.taken)).toEqual(['a.810'])
    expect(names(result.duplicates)).toEqual(['b.810'])
    expect(atSource()).toEqual([])
    expect(atSource('done')).toEqual(['a.810', 'b.810'])
    expect(ledger.files).toHaveLength(2)
  })

  it('is a duplicate when it is sent again on another day', async () => {
    put('out/a.810', 'same')
    await pull({ after: 'remove' })
    put('out/a.810', 'same', 1_700_086_400)
    const result = await pull({ after: 'remove' })
    expect(result).toMatchObject({ taken: [], duplicates: [{ name: 'a.810' }] })
    expect(atSource()).toEqual([])
  })
})

describe('after the bytes are safe', () => {
  beforeEach(() => put('out/a.810', 'x'))

  it('the file is left', async () => {
    await pull({ after: 'leave' })
    expect(atSource()).toEqual(['a.810'])
  })

  it('the file is removed', async () => {
    await pull({ after: 'remove' })
    expect(atSource()).toEqual([])
  })

  it('the file is moved into a folder that is made for it', async () => {
    await pull({ after: { move: 'archive/2023' } })
    expect(atSource()).toEqual([])
    expect(atSource('archive/2023')).toEqual(['a.810'])
  })

  it('the file never overwrites an earlier one of its name', async () => {
    await pull({ after: { move: 'done' } })
    put('out/a.810', 'the next day', 1_700_086_400)
    await pull({ after: { move: 'done' } })
    put('out/a.810', 'again the same second', 1_700_086_400)
    await pull({ after: { move: 'done' } })
    expect(atSource('done')).toEqual(['a.810', 'a.810.20231115T221320Z', 'a.810.20231115T221320Z-2'])
    expect(readFileSync(path.join(root, 'done/a.810'), 'utf8')).toBe('x')
  })

  it('a file that came under its name in the meantime is neither removed nor lost', async () => {
    const replacing = but({
      async get(file, sink) {
        const got = await endpoint.get(file, sink)
        put('out/a.810', 'the next one', 1_700_000_777)
        return got
      },
    })
    const first = await pull({ after: 'remove' }, replacing)
    expect(names(first.taken)).toEqual(['a.810'])
    expect(first.failures).toMatchObject([{ name: 'a.810', error: { code: 'TRANSFER-FAILED' } }])
    expect((await pull({ after: 'remove' })).taken).toMatchObject([{ size: 12 }])
    expect(atSource()).toEqual([])
  })
})

describe('a pull that dies', () => {
  const died = new Error('killed here')
  const dying = async (): Promise<never> => {
    throw died
  }
  const boundaries: Record<string, { endpoint?: Partial<Endpoint>; ledger?: Partial<FileLedger>; isBooked: boolean }> =
    {
      'while it downloads': { endpoint: { get: dying }, isBooked: false },
      'between archive and ledger': { ledger: { record: dying }, isBooked: false },
      'between ledger and source': { endpoint: { rename: dying }, isBooked: true },
      'between source and ledger': { ledger: { settled: dying }, isBooked: true },
    }

  it.each(Object.entries(boundaries))('%s is finished by the next one, once', async (_where, boundary) => {
    put('out/a.810', 'first')
    put('out/b.810', 'second')
    const sick = Object.assign(Object.create(ledger), boundary.ledger) as FileLedger
    const dead = pullDrop(but(boundary.endpoint ?? {}), drop({ after: { move: 'done' } }), archive, sick)
    await expect(dead).rejects.toBe(died)
    const booked = ledger.files.length
    expect(booked > 0).toBe(boundary.isBooked)

    const second = await pull({ after: { move: 'done' } })
    expect(second.failures).toEqual([])
    expect(second.duplicates).toEqual([])
    expect(second.taken).toHaveLength(2 - booked)
    expect(names(ledger.files)).toEqual(['a.810', 'b.810'])
    expect(atSource()).toEqual([])
    expect(atSource('done')).toEqual(['a.810', 'b.810'])
    expect(readdirSync(path.join(home, 'archive', 'work'))).toEqual([])
  })
})

describe('the archive', () => {
  it('finds what was safe and had not come to its place when the power failed', async () => {
    const [bytes, half] = ['safe on the disk', 'half']
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const dead = `${hostname()}~${spawnSync('true').pid}~1`
    const work = path.join(archive.folder, 'work')
    writeFileSync(path.join(work, `safe~${sha256}~${dead}`), bytes)
    writeFileSync(path.join(work, dead), half)
    // After a restart of the machine another process may have the number of the one that wrote it.
    const others = createHash('sha256').update(half).digest('hex')
    writeFileSync(path.join(work, `safe~${others}~${hostname()}~${process.pid}~1`), half)
    const living = `${hostname()}~${process.pid}~1`
    writeFileSync(path.join(work, living), bytes)
    const again = await openArchive(archive.folder)
    expect(readFileSync(await again.path(sha256), 'utf8')).toBe(bytes)
    expect(readFileSync(await again.path(others), 'utf8')).toBe(half)
    expect(readdirSync(work)).toEqual([living])
  })

  it('keeps files read-only, and the same bytes once', async () => {
    put('out/a.810', 'x')
    const [file] = (await pull()).taken
    expect(execFileSync('stat', ['-c', '%A', file?.archivePath ?? ''], { encoding: 'utf8' })).not.toContain('w')
    put('out/b.810', 'x')
    await pull()
    expect(execFileSync('find', [archive.folder, '-type', 'f'], { encoding: 'utf8' }).trim().split('\n')).toHaveLength(
      1,
    )
  })

  it('throws away what a dead process left half written, not what a living one is writing', async () => {
    const work = path.join(home, 'archive', 'work')
    const writer = await archive.writer()
    const dead = execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim()
    const [mine] = readdirSync(work)
    const left = mine?.replace(`~${process.pid}~`, `~${dead}~`) ?? ''
    writeFileSync(path.join(work, left), 'half')
    await openArchive(path.join(home, 'archive'))
    expect(readdirSync(work)).toEqual([mine])
    await writer.discard()
    expect(readdirSync(work)).toEqual([])
  })

  it('says which file is missing', async () => {
    await expect(archive.path('ab'.repeat(32))).rejects.toMatchObject({ code: 'ARCHIVE-MISSING' })
  })

  it('mends a file that a disk damaged when the same bytes come again', async () => {
    put('out/a.810', 'whole')
    const [file] = (await pull()).taken
    rmSync(file?.archivePath ?? '')
    writeFileSync(file?.archivePath ?? '', 'wh')
    put('out/b.810', 'whole')
    await pull()
    expect(readFileSync(file?.archivePath ?? '', 'utf8')).toBe('whole')
  })

  it('takes a large file whole', async () => {
    const bytes = randomBytes(5_000_001)
    put('out/big.810', bytes)
    const [file] = (await pull()).taken
    expect(readFileSync(file?.archivePath ?? '').equals(bytes)).toBe(true)
    expect(existsSync(path.join(root, 'out/big.810'))).toBe(true)
  })
})
