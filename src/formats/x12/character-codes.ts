// In a file of their own, since the bundler writes the constants of other files out as the numbers they are.
export const LINE_FEED = 0x0a
export const CARRIAGE_RETURN = 0x0d
export const BLANK = 0x20
export const FULL_STOP = 0x2e
export const ZERO = 0x30
export const NINE = 0x39
export const LETTER_A = 0x41
export const LETTER_Z = 0x5a
