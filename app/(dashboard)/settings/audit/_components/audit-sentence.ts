import type { useTranslations } from 'next-intl';

type AuditTranslator = ReturnType<typeof useTranslations<'audit'>>;

type Key = Parameters<AuditTranslator>[0];

/** What was done, in words; an action that has none yet is shown by its name rather than not at all. */
export function describeAction(t: AuditTranslator, action: string): string {
  const key = `actions.${action}` as Key;
  return t.has(key) ? t(key) : action;
}

export function describeKind(t: AuditTranslator, kind: string): string {
  const key = `kinds.${kind}` as Key;
  return t.has(key) ? t(key) : kind;
}

/** Who did it: a person or a key by name, the system in words. */
export function describeActor(t: AuditTranslator, actor: { actorKind: string; actorName: string }): string {
  if (actor.actorKind === 'system') return t('system');
  if (actor.actorKind === 'stranger') return t('stranger');
  return actor.actorKind === 'apiKey' ? t('apiKeyNamed', { name: actor.actorName }) : actor.actorName;
}
