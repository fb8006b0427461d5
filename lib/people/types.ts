export const userRoles = ['viewer', 'marketer', 'admin'] as const;
export type UserRole = (typeof userRoles)[number];
