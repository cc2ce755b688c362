import type { Load } from '../crash/crash-run.ts'
import type { Trial } from './scenario.ts'

/** 200 texts a second from 500 phones; in a smaller run nearly as many from a tenth of them. */
export function loadOf({ size }: Pick<Trial, 'size'>): Load {
  return size === 'full' ? { phones: 500, pauseMs: 2_500 } : { phones: 50, pauseMs: 300 }
}
