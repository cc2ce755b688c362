export * from './audience.ts'
export * from './catalogue.ts'
export * from './contacts.ts'
export * from './field-indexes.ts'
