import { parseArgs } from 'node:util'
import { killedNights } from './killed-nights.js'
import { lostWorkers } from './lost-workers.js'
import { whyNoStrace } from './strace.js'
import { sweepSystemCalls } from './system-call-sweep.js'
import { twoHosts, whyNoHosts } from './two-hosts.js'

const usage = `npm run test:crash -- [--kills N] [--side-by-side N] [--seed N]
npm run test:crash -- --sweep [--points N]
npm run test:crash -- --two-hosts [--kills N] [--seed N]
npm run test:crash -- --workers N [--jobs N] [--files N] [--kills N] [--seed N]

The built command line runs nights against a real OpenSSH server, is killed with SIGKILL and started again, until it was killed
--kills times (1000). Each night is then compared with an undisturbed one: files, documents, exceptions, loads, deliveries and
acknowledgments, nothing lost and nothing doubled. Ends with 1 on any difference.

--sweep lets system calls kill the night (by strace) or fail as on a full disk, --points of each kind (25).
--two-hosts lets two hosts work on one workspace at once.
--workers lets so many share the work of --jobs (8) with --files (20) each, while machines are lost or silent, and PostgreSQL goes down.`

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    'side-by-side': { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    sweep: { type: 'boolean', default: false },
    'two-hosts': { type: 'boolean', default: false },
    workers: { type: 'string' },
    jobs: { type: 'string', default: '8' },
    files: { type: 'string', default: '20' },
    points: { type: 'string', default: '25' },
    help: { type: 'boolean', default: false },
  },
})
const say = (line: string): void => console.log(line)

if (values.help) say(usage)
else process.exitCode = (await differentNights()) === 0 ? 0 : 1

function differentNights(): Promise<number> {
  if (values.sweep) {
    const why = whyNoStrace()
    if (why !== undefined) throw new Error(why)
    return sweepSystemCalls({ points: wholeNumber(values.points), say })
  }
  if (values['two-hosts']) return differentOnTwoHosts()
  if (values.workers !== undefined)
    return lostWorkers({
      workers: wholeNumber(values.workers),
      jobs: wholeNumber(values.jobs),
      files: wholeNumber(values.files),
      kills: wholeNumber(values.kills),
      seed: wholeNumber(values.seed),
      say,
    })
  return killedNights({
    kills: wholeNumber(values.kills),
    sideBySide: wholeNumber(values['side-by-side']),
    seed: wholeNumber(values.seed),
    say,
  })
}

async function differentOnTwoHosts(): Promise<number> {
  const why = whyNoHosts()
  if (why !== undefined) throw new Error(why)
  const came = await twoHosts({ kills: wholeNumber(values.kills), seed: wholeNumber(values.seed) })
  const wrong = [...came.trouble, ...came.differences]
  for (const line of wrong) say(line)
  say(
    `${came.kills} kills on two hosts, ${came.refused} calls refused while the other host ran the job: ${
      wrong.length === 0 ? 'never two of a kind, nothing lost, nothing doubled' : `${wrong.length} things are wrong`
    }.`,
  )
  return wrong.length
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`"${text}" is not a whole number from 1 on\n\n${usage}`)
  return Number(text)
}
