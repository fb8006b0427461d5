import { account, batch, code, issued, makeCode, otherAccount, slotOf, temporary } from './fixtures';

const newImport = (accountId: string) => `INSERT INTO code_imports (account_id) VALUES (${accountId})`;
const importId = '(SELECT id FROM code_imports LIMIT 1)';
/** A temporary code as an import's row. */
const importedCode = (accountId: string, columns: string, values: string) =>
  `INSERT INTO codes (account_id, kind, scene_kind, label, origin, import_id, import_line, ${columns})
   VALUES (${accountId}, 'temporary', 'string', 'x', 'imported', ${importId}, 1, ${values})`;
const successor = (accountId: string, kind: string, predecessor: string) =>
  `INSERT INTO codes (account_id, kind, scene_kind, scene, is_living, label, expire_seconds, renews_id)
   VALUES (${accountId}, '${kind}', 'integer', '400000', true, 'x', 60, ${predecessor})`;
const reuse = (codeId: string, line = 1, digest = 'gen_random_uuid()') =>
  `INSERT INTO batch_reuses (batch_id, line, code_id, from_at, row_digest)
   VALUES (${batch}, ${line}, ${codeId}, now(), ${digest})`;
const permanentBatch = `UPDATE batches SET kind = 'permanent' WHERE id = ${batch}`;

/** Statements that break each law of codes made elsewhere, of renewals and of reuse. */
export const attempts: Record<string, string[]> = {
  code_import_counts: [`INSERT INTO code_imports (account_id, total, adopted) VALUES (${account}, 1, 2)`],
  code_import_origin: [
    `INSERT INTO codes (account_id, kind, scene_kind, scene, label, expire_seconds, origin)
     VALUES (${account}, 'temporary', 'string', 'a', 'x', 60, 'imported')`,
    `${newImport(account)}; UPDATE codes SET import_id = ${importId}, import_line = 1 WHERE id = ${code}`,
  ],
  code_flags_of_imports: [`UPDATE codes SET flags = '{twin}' WHERE id = ${code}`],
  codes_import_line: [
    `${newImport(account)};
     ${importedCode(account, 'scene, expires_at', `'a', now()`)}; ${importedCode(account, 'scene, expires_at', `'b', now()`)}`,
  ],
  code_import_same_account: [
    `${newImport(otherAccount)}; ${importedCode(account, 'scene, expires_at', `'a', now()`)}`,
  ],
  code_scene_string: [
    `${newImport(account)}; ${importedCode(account, 'scene, expires_at', `repeat('x', 513), now()`)}`,
    makeCode(`'temporary', 'string', '', NULL, true, 'x', 60`),
    makeCode(`'temporary', 'string', repeat('店', 22), NULL, true, 'x', 60`),
  ],
  code_temporary_expires: [
    `${newImport(account)}; ${importedCode(account, 'scene', `'a'`)}`,
    makeCode(`'temporary', 'string', 'a', NULL, true, 'x', NULL`),
    makeCode(`'temporary', 'string', 'a', NULL, true, 'x', 0`),
    makeCode(`'temporary', 'string', 'a', NULL, true, 'x', 2592001`),
  ],
  permanent_scene_was_external: [
    `UPDATE permanent_scenes SET external_until = now() WHERE id = ${slotOf('1')}`,
  ],
  code_renews_temporary: [
    `UPDATE permanent_scenes SET state = 'issued', sent_at = now() WHERE id = ${slotOf('1')};
     UPDATE codes SET archived_at = now() WHERE id = ${code};
     INSERT INTO codes (account_id, kind, scene_kind, scene, permanent_scene_id, label, renews_id)
     VALUES (${account}, 'permanent', 'integer', '1', ${slotOf('1')}, 'x', ${temporary})`,
  ],
  code_renewal_matches: [
    successor(otherAccount, 'temporary', temporary),
    successor(account, 'temporary', issued),
  ],
  codes_renewed_once: [
    `${successor(account, 'temporary', temporary)}; ${successor(account, 'temporary', temporary).replace('400000', '400001')}`,
  ],
  batch_has_campaign: [`UPDATE batches SET campaign_id = NULL`],
  batch_reused: [`UPDATE batches SET reused = 1`, `${permanentBatch}; UPDATE batches SET reused = -1`],
  batch_reuse_matches: [reuse(issued), `${permanentBatch}; ${reuse(temporary)}`],
};
