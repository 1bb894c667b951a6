import { setFlagsFromString } from 'node:v8'

/**
 * A command is over after a second or two, and V8 would spend a quarter of its processor time on optimizing what then hardly runs any more, on
 * the cores that other runs need. So a function is optimized when it has run eight times as much as V8 would have it; in one that takes
 * long that is a moment later. Called when our bundles are loaded: what V8 kept of them holds only under the flags it was made with.
 */
export const optimizeLater = (): void => setFlagsFromString('--interrupt-budget=560000')
