import type { Load } from '../crash/crash-run.ts'
import type { Trial } from './scenario.ts'

/** 200 texts a second from 500 phones; in a quick run nearly as many from a tenth of them. */
export function loadOf({ quick }: Pick<Trial, 'quick'>): Load {
  return quick ? { phones: 50, pauseMs: 300 } : { phones: 500, pauseMs: 2_500 }
}
