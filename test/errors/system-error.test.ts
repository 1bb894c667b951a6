import { expect, it } from 'vitest'
import { systemError } from '../../src/errors/index.js'

const of = (code: string) => systemError(Object.assign(new Error('what the library says'), { code }), '/srv/state')

it.each([
  ['ENOSPC', 'DISK-FULL', 'no space left'],
  ['SQLITE_IOERR_SHMSIZE', 'DISK-FULL', 'no space left'],
  ['EROFS', 'WORKSPACE-READ-ONLY', 'mounted to be read only'],
  ['EACCES', 'WORKSPACE-READ-ONLY', 'cannot be written'],
  ['EIO', 'DISK-FAILED', 'EIO'],
  ['SQLITE_IOERR_FSYNC', 'DISK-FAILED', 'SQLITE_IOERR_FSYNC'],
  ['Unknown system error -116', 'DISK-FAILED', 'ESTALE'],
  ['EMFILE', 'DISK-FAILED', 'EMFILE'],
  ['SQLITE_NOTADB', 'STATE-CORRUPT', 'is damaged'],
])('%s of the system is %s, with the place', (code, as, says) => {
  expect(of(code)).toMatchObject({ code: as, message: expect.stringMatching(`^/srv/state: .*${says}`) })
})

it('what the system does not say is left as it is', () => {
  const error = new Error('a defect')
  expect(systemError(error, '/srv/state')).toBe(error)
})
