import { bad, type Check, good } from './check.js'

/** The program itself: Node.js, and the parts of it that are built for this machine. */
export const machine = async (): Promise<Check[]> => [
  node(),
  await native('better-sqlite3', 'the store'),
  await native('@duckdb/node-api', 'the set engine'),
]

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const fits = major > 20 || (major === 20 && minor >= 19)
  return fits
    ? good('Node.js', process.versions.node)
    : bad('Node.js', process.versions.node, 'Install Node.js 20.19 or later')
}

async function native(name: string, what: string): Promise<Check> {
  try {
    await import(name)
    return good(what, `${name} loads`)
  } catch (error) {
    const remedy = 'Run npm ci again in the folder of Matchbook; building it needs python3, make and g++'
    return bad(what, `${name} does not load: ${String(error)}`, remedy)
  }
}
