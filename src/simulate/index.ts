export { type DemoWorkspaceRequest, demoWorkspace } from './demo-workspace.js'
export type { ExpectedException, FileTruth, InvoiceFate, InvoiceTruth, NightTruth } from './night-truth.js'
export { simulateNextNight } from './simulate-next-night.js'
export { type NightRequest, simulateNight } from './simulate-night.js'
