/** What people can be. What each may do stands in the permission table (`api/access/permissions.ts`). */
export const roles = ['administrator', 'operator', 'editor', 'supervisor', 'agent', 'viewer'] as const

export type Role = (typeof roles)[number]

/** Those who answer tickets; the permission table says the same. */
export const answeringRoles: readonly Role[] = ['administrator', 'supervisor', 'agent']

/** True for the name of a role. */
export function isRole(name: string): name is Role {
  return roles.some((role) => role === name)
}
