export type { LedgerLine } from './ledger.ts'
export { type SimulationReport, simulateMany } from './simulate-many.ts'
