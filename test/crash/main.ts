import { parseArgs } from 'node:util'
import { killedNights } from './killed-nights.js'

const usage = `npm run test:crash -- [--kills N] [--side-by-side N] [--seed N]

The built command line runs nights against a real OpenSSH server, is killed with SIGKILL and started again, until it was killed
--kills times (1000). Each night is then compared with an undisturbed one: files, documents, exceptions, loads, deliveries and
acknowledgments, nothing lost and nothing doubled. Ends with 1 on any difference.`

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    'side-by-side': { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(usage)
else {
  const different = await killedNights({
    kills: wholeNumber(values.kills),
    sideBySide: wholeNumber(values['side-by-side']),
    seed: wholeNumber(values.seed),
    say: (line) => console.log(line),
  })
  process.exitCode = different === 0 ? 0 : 1
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`"${text}" is not a whole number from 1 on\n\n${usage}`)
  return Number(text)
}
