import { api } from './client.ts'
export async function f() {
  const r = await api.me.$get()
  const b = await r.json()
  const s: number = b
  return s
}
