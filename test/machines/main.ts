import { parseArgs } from 'node:util'
import { lostMachines } from './lost-machines.js'

const usage = `npm run test:machines -- [--workers N] [--at-once N] [--partners N] [--files N] [--shares N] [--kills N] [--pause SECONDS] [--lease SECONDS] [--seed N]

So many workers (3), each in a network namespace of its own with --at-once runs (2), do a night of --files (20000) of --partners (200) that
is done in --shares (12) over a real OpenSSH server and one PostgreSQL, while they are killed with SIGKILL --kills times (20), one every --pause seconds (20) or so,
PostgreSQL goes down once, and one is cut from the network for longer than --lease seconds (10) and put back. Then everything is compared with
what one undisturbed worker left. Ends with 1 on any difference.`

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '3' },
    'at-once': { type: 'string', default: '2' },
    partners: { type: 'string', default: '200' },
    files: { type: 'string', default: '20000' },
    shares: { type: 'string', default: '12' },
    kills: { type: 'string', default: '20' },
    pause: { type: 'string', default: '20' },
    lease: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
})
const say = (line: string): void => console.log(line)

if (values.help) say(usage)
else {
  const pause = wholeNumber(values.pause) * 1000
  const { wrong, kills, restarts, cuts } = await lostMachines({
    workers: wholeNumber(values.workers),
    atOnce: wholeNumber(values['at-once']),
    partners: wholeNumber(values.partners),
    files: wholeNumber(values.files),
    shares: wholeNumber(values.shares),
    kills: wholeNumber(values.kills),
    leaseSeconds: wholeNumber(values.lease),
    pause: [pause / 2, (pause * 3) / 2],
    seed: wholeNumber(values.seed),
    say,
  })
  for (const line of wrong.slice(0, 100)) say(line)
  const what = wrong.length === 0 ? 'nothing lost, nothing doubled, order kept' : `${wrong.length} things are wrong`
  say(`${kills} kills, PostgreSQL down ${restarts} times, ${cuts} times cut from the network: ${what}.`)
  process.exitCode = wrong.length === 0 ? 0 : 1
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`"${text}" is not a whole number from 1 on\n\n${usage}`)
  return Number(text)
}
