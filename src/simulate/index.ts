export { type DemoWorkspaceRequest, demoWorkspace } from './demo-workspace.js'
export type { ExpectedException, FileTruth, InvoiceFate, InvoiceTruth, NightTruth } from './night-truth.js'
export { type NightRequest, simulateNight } from './simulate-night.js'
