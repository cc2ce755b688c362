/** The real node types, for tests of neighbours that must not import this package. */
export { nodeTypes, registry } from '../registry.ts'
