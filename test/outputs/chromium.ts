import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Undefined where this machine has none. */
export const chromium = places.find((place): place is string => place !== undefined && existsSync(place))

export const whyWithout = 'no Chromium on this machine: install the package chromium, or name one in CHROMIUM'

export interface Looked {
  readonly dark?: boolean
  readonly width?: number
}

/** The page's DOM as text after its scripts ran. */
export async function domOf(file: string, { dark = false, width = 1280 }: Looked = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(
    chromium ?? '',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      `--window-size=${width},1000`,
      ...(dark ? ['--blink-settings=preferredColorScheme=0'] : ['--blink-settings=preferredColorScheme=1']),
      '--dump-dom',
      `file://${file}`,
    ],
    { maxBuffer: 32 * 1024 * 1024, timeout: 60_000 },
  )
  return stdout
}
