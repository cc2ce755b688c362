import { type FlowDocument, flowFormat } from '../flow/document.ts'

/** A sound flow made of `sampleNodes`: greet, ask a question, answer, end. Fresh on each call, so tests may change it. */
export function sampleFlow(): FlowDocument {
  return {
    format: flowFormat,
    id: 'sample',
    name: 'Sample',
    languages: { base: 'en' },
    variables: [{ name: 'drink', type: 'text' }],
    nodes: [
      { id: 'begin', type: 'begin', position: { x: 0, y: 0 }, data: {} },
      {
        id: 'pick',
        type: 'pick',
        position: { x: 0, y: 100 },
        data: {
          variable: 'drink',
          options: [
            { id: 'tea', label: 'Tea' },
            { id: 'coffee', label: 'Coffee', synonyms: ['java'] },
          ],
          limit: { by: 'tries', tries: 2 },
          tags: { z: 1, a: [{ y: null, b: true }] },
        },
      },
      { id: 'served', type: 'say', position: { x: 0, y: 200 }, data: { text: 'One {{ vars.drink }}, soon.' } },
      { id: 'end', type: 'stop', position: { x: 0, y: 300 }, data: {} },
    ],
    edges: [
      { id: 'e1', source: 'begin', sourceHandle: 'next', target: 'pick' },
      { id: 'e2', source: 'pick', sourceHandle: 'tea', target: 'served' },
      { id: 'e3', source: 'pick', sourceHandle: 'coffee', target: 'served' },
      { id: 'e4', source: 'served', sourceHandle: 'next', target: 'end' },
    ],
    tests: [{ name: 'Tea', steps: [{ mo: 'hi' }, { mo: 'Tea' }, { mt: 'One Tea, soon.' }, { end: 'completed' }] }],
  }
}
