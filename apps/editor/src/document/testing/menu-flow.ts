import { type FlowDocument, flowFormat } from '@textloom/core'

/** Keyword → menu → two messages → one end. Fresh on each call. */
export function menuFlow(): FlowDocument {
  const at = (x: number, y: number) => ({ x, y })
  return {
    format: flowFormat,
    id: 'help',
    name: 'Help',
    languages: { base: 'en', others: ['hu'] },
    variables: [{ name: 'city', type: 'text' }],
    nodes: [
      { id: 'start', type: 'keyword', position: at(0, 0), data: { keywords: ['HELP'], match: 'exact' } },
      {
        id: 'menu',
        type: 'menu',
        position: at(0, 200),
        data: {
          text: 'What can we do?',
          options: [
            { id: 'hours', label: 'Hours', synonyms: [] },
            { id: 'where', label: 'Where', synonyms: ['place'] },
          ],
          retries: 1,
        },
      },
      { id: 'hours', type: 'message', position: at(-160, 480), data: { text: 'Open 9 to 5 in {{ vars.city }}.' } },
      { id: 'where', type: 'message', position: at(160, 480), data: { text: 'Main Street 1' } },
      { id: 'end', type: 'end', position: at(0, 700), data: { outcome: 'completed' } },
    ],
    edges: [
      { id: 'e1', source: 'start', sourceHandle: 'next', target: 'menu' },
      { id: 'e2', source: 'menu', sourceHandle: 'hours', target: 'hours' },
      { id: 'e3', source: 'menu', sourceHandle: 'where', target: 'where' },
      { id: 'e4', source: 'hours', sourceHandle: 'next', target: 'end' },
      { id: 'e5', source: 'where', sourceHandle: 'next', target: 'end' },
    ],
    translations: { hu: { 'where.text': 'Fő utca 1' } },
  }
}
