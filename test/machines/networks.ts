import { execFileSync, spawnSync } from 'node:child_process'

/** Machines on one network. Servers of the test listen at `address`; each machine reaches them by a line of its own. */
export interface Networks {
  readonly address: string
  /** The network in CIDR notation. */
  readonly range: string
  /** Why they are processes without a network of their own; undefined where they are not. */
  readonly whyNot: string | undefined
  /** What a program of machine n is begun by; machines are counted from 0. */
  within(n: number): readonly string[]
  /** Pulls the plug of machine n, and puts it back. */
  cut(n: number): void
  mend(n: number): void
  remove(): void
}

const ip = (...args: string[]): string =>
  execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** So many network namespaces on one bridge; where that is not allowed, none, and it says so. */
export function openNetworks(machines: number): Networks {
  const whyNot = whyNoNamespaces()
  if (whyNot !== undefined) {
    const nothing = (): void => {}
    return {
      address: '127.0.0.1',
      range: '127.0.0.1/32',
      whyNot,
      within: () => [],
      cut: nothing,
      mend: nothing,
      remove: nothing,
    }
  }
  // Names of links have fifteen characters; two tests at once have two process numbers.
  const name = `mb${process.pid % 100_000}`
  const part = 1 + (process.pid % 250)
  const address = `10.213.${part}.1`
  const space = (n: number): string => `${name}-${n}`
  const line = (n: number): string => `${name}v${n}`
  const remove = (): void => {
    for (let n = 0; n < machines; n++) spawnSync('ip', ['netns', 'del', space(n)], { stdio: 'ignore' })
    spawnSync('ip', ['link', 'del', name], { stdio: 'ignore' })
  }
  process.once('exit', remove)
  ip('link', 'add', name, 'type', 'bridge')
  ip('addr', 'add', `${address}/24`, 'dev', name)
  ip('link', 'set', name, 'up')
  for (let n = 0; n < machines; n++) {
    ip('netns', 'add', space(n))
    ip('link', 'add', line(n), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space(n))
    ip('link', 'set', line(n), 'master', name, 'up')
    ip('-n', space(n), 'link', 'set', 'lo', 'up')
    ip('-n', space(n), 'addr', 'add', `10.213.${part}.${10 + n}/24`, 'dev', 'eth0')
    ip('-n', space(n), 'link', 'set', 'eth0', 'up')
  }
  return {
    address,
    range: `10.213.${part}.0/24`,
    whyNot,
    within: (n) => ['ip', 'netns', 'exec', space(n)],
    cut: (n) => void ip('link', 'set', line(n), 'down'),
    mend: (n) => void ip('link', 'set', line(n), 'up'),
    remove: () => {
      process.off('exit', remove)
      remove()
    },
  }
}

function whyNoNamespaces(): string | undefined {
  const name = `mb${process.pid % 100_000}-try`
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' })
  if (made.error !== undefined) return 'there is no ip (apt-get install -y --no-install-recommends iproute2)'
  if (made.status !== 0) return `network namespaces cannot be made: ${made.stderr.trim()}`
  const bridge = spawnSync('ip', ['link', 'add', `${name}b`, 'type', 'bridge'], { encoding: 'utf8' })
  spawnSync('ip', ['link', 'del', `${name}b`], { stdio: 'ignore' })
  spawnSync('ip', ['netns', 'del', name], { stdio: 'ignore' })
  return bridge.status === 0 ? undefined : `a bridge cannot be made: ${bridge.stderr.trim()}`
}
