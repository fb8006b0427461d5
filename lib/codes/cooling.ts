/** From when on an archived slot may be given to another code. */
export function coolingEndsAt(archivedAt: Date, coolingDays: number): Date {
  return new Date(archivedAt.getTime() + coolingDays * 86_400_000);
}
