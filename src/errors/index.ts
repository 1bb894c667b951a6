export { type ErrorCode, errorCatalogue } from './catalogue.js'
export { ExitCode } from './exit-codes.js'
export { MatchbookError } from './matchbook-error.js'
export { systemError } from './system-error.js'
