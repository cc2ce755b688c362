/** How a whole flow, or the way through one, is brought into view: clear of the controls at the foot. */
export const fitOptions = { padding: { x: 0.12, top: '32px', bottom: '76px' }, maxZoom: 1 } as const
