import { describe, expect, test } from 'vitest'
import { sampleNodes } from '../testing/index.ts'
import { flowJsonSchema } from './json-schema.ts'

describe('the JSON Schema of flows', () => {
  const schema = flowJsonSchema(sampleNodes)

  test('is of draft 2020-12 and about an object that takes no unknown field', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      required: ['format', 'id', 'name', 'languages', 'nodes', 'edges'],
    })
  })

  test('has one kind of node per node type, each with its own data', () => {
    expect(schema).toMatchObject({
      properties: {
        nodes: {
          items: {
            oneOf: [
              { title: 'Begin', properties: { type: { const: 'begin' } } },
              { title: 'Say', properties: { type: { const: 'say' }, data: { required: ['text'] } } },
              { title: 'Pick', properties: { type: { const: 'pick' }, data: { required: ['options'] } } },
              { title: 'Stop', properties: { type: { const: 'stop' } } },
            ],
          },
        },
      },
    })
  })

  test('comes out the same each time', () => {
    expect(JSON.stringify(flowJsonSchema(sampleNodes))).toBe(JSON.stringify(schema))
  })
})
