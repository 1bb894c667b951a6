import { socialSecurityNumber } from '../../canonical/index.js'
import { ExitCode } from '../../errors/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { outputTexts } from './output-texts.js'
import { type Learned, learnPersonalValues } from './personal-values.js'
import { type Watched, WatchedValues } from './watched-values.js'

export interface PrivacyScanRequest extends ToolOptions {
  /** Texts planted at a source, which must come out nowhere. */
  readonly canaries: readonly string[]
  /** Files and folders to look into beside the outputs of the workspace, such as logs. */
  readonly also: readonly string[]
}

/** A social security number by its form, whoever's it is. */
interface ByForm {
  readonly kind: 'form'
  readonly from: 'social security number'
}

export type Leak = (Watched | ByForm) & {
  /** Store, file or part of a file. The value itself is not repeated. */
  readonly where: string
}

export interface PrivacyScan extends Learned {
  /** Different values that were looked for, and those too short to tell anyone apart. */
  readonly values: number
  readonly passedOver: number
  /** Texts that were looked into. */
  readonly texts: number
  readonly leaks: readonly Leak[]
  readonly exit: ExitCode
}

/**
 * Looks in everything that leaves intake for what the columns classed personal hold, for canaries, and for social security numbers.
 * Ends with 8 when there is any, with 4 when some extract could not be read and so not be looked for.
 */
export async function scanPrivacy({ canaries, also, ...options }: PrivacyScanRequest): Promise<PrivacyScan> {
  const tools = await openTools(options, 'look')
  try {
    const values = new WatchedValues()
    for (const [n, canary] of canaries.entries()) values.addCanary(canary, `canary ${n + 1}`)
    const learned = await learnPersonalValues(values, tools)
    const leaks: Leak[] = []
    let texts = 0
    for await (const { where, text } of outputTexts(tools, also)) {
      texts += 1
      for (const watched of values.foundIn(text)) leaks.push({ ...watched, where })
      if (SSN.test(text)) leaks.push({ kind: 'form', from: 'social security number', where })
    }
    const exit = leaks.length > 0 ? ExitCode.refused : learned.notRead.length > 0 ? ExitCode.partial : ExitCode.done
    return { ...learned, values: values.count, passedOver: values.passedOver, texts, leaks, exit }
  } finally {
    await tools.close()
  }
}

const SSN = new RegExp(socialSecurityNumber)
