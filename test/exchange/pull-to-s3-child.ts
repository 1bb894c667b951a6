import { pullDrop } from '../../src/exchange/index.js'
import { createLocalEndpoint } from '../../src/exchange/local/local-endpoint.js'
import { openS3Archive } from '../../src/exchange/s3/s3-archive.js'
import { FileLedger } from './ledger.js'

// A process that pulls a folder into an archive in S3, and is killed, where asked, before anything is booked. Run by archive.test.ts.

const { place, copies, keys, home, dies } = JSON.parse(process.argv[2] ?? '{}')
const ledger = new FileLedger(`${home}/ledger.json`)
if (dies) ledger.record = async () => process.kill(process.pid, 'SIGKILL') && []
const archive = await openS3Archive({ place, copies, keys: async () => keys })
const endpoint = createLocalEndpoint('partner', { folder: `${home}/drop` })
const drop = { folder: 'out', include: ['*'], exclude: [], stableSeconds: 0, after: { move: 'out/done' } }
const { failures } = await pullDrop(endpoint, drop, archive, ledger)
if (failures.length > 0) throw failures[0]?.error
