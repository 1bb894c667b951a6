import { settingsText } from '../../config/settings-texts.js'

/**
 * What a contract, template or guide says, in eight hex digits: the first of the hash that the audit chain keeps of a changed file.
 * Comments and the order of keys are no difference.
 */
export const settingsVersion = (settings: unknown): string => settingsText('', settings ?? null).sha256.slice(0, 8)
