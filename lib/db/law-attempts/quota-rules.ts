import {
  account,
  batch,
  campaign,
  foreignCampaign,
  issued,
  makeCode,
  otherAccount,
  slotOf,
  takeScene,
} from './fixtures';

const declared = "'00000000-0000-4000-8000-0000000000a1'::uuid";
const asked = "'00000000-0000-4000-8000-0000000000a2'::uuid";

/** An import of two external scenes. */
const imported = `
  INSERT INTO external_imports (id, account_id, source, ranges, added, known)
  VALUES (${declared}, ${account}, 'form', '[[40, 41]]', 2, 0);
  INSERT INTO permanent_scenes (account_id, state, external_import_id, kind, scene, scene_id) VALUES
    (${account}, 'external', ${declared}, 'integer', '40', 40), (${account}, 'external', ${declared}, 'integer', '41', 41)`;
const undo = `UPDATE external_imports SET undone_at = now() WHERE id = ${declared}`;

const ask = `
  INSERT INTO approvals (id, account_id, campaign_id, slots, source, input, requested_by_kind)
  VALUES (${asked}, ${account}, ${campaign}, 3000, 'count', '{}', 'user')`;
const decide = (state: string) =>
  `UPDATE approvals SET state = '${state}', decided_at = now() WHERE id = ${asked}`;

const archive = (at: string) =>
  `UPDATE codes SET archived_at = ${at} WHERE id = ${issued};
   UPDATE permanent_scenes SET state = 'archived' WHERE id = ${slotOf('2')}`;
const giveOn = makeCode(`'permanent', 'integer', '2', ${slotOf('2')}, false, 'x', NULL`);

export const attempts: Record<string, string[]> = {
  external_import_counts: [
    `INSERT INTO external_imports (account_id, source, added, known) VALUES (${account}, 'api', -1, 0)`,
  ],
  external_import_none_is_alone: [
    `INSERT INTO external_imports (account_id, source, none, ranges, added, known)
     VALUES (${account}, 'api', true, '[[1, 2]]', 0, 0)`,
  ],
  external_import_identity: [
    `${imported}; UPDATE external_imports SET ranges = '[]'`,
    `${imported}; DELETE FROM permanent_scenes WHERE external_import_id = ${declared}; ${undo};
     UPDATE external_imports SET undone_at = NULL`,
  ],
  external_import_built_on: [`${imported}; ${undo}`],
  external_import_whole: [
    `${imported}; DELETE FROM permanent_scenes WHERE account_id = ${account} AND scene = '40'`,
    `${imported}; UPDATE permanent_scenes SET state = 'issued', sent_at = now() WHERE scene = '40';
     DELETE FROM permanent_scenes WHERE account_id = ${account} AND scene = '41'`,
  ],
  permanent_scene_import_is_a_fact: [
    `${imported}; ${takeScene('kind, scene, external_import_id', `'string', 'a', ${declared}`)}`,
  ],
  permanent_scene_same_account: [
    takeScene('kind, scene, spent_for_campaign_id', `'string', 'a', ${foreignCampaign}`),
    `${imported}; INSERT INTO permanent_scenes (account_id, state, external_import_id, kind, scene)
     VALUES (${otherAccount}, 'external', ${declared}, 'string', 'a')`,
    `${imported}; DELETE FROM permanent_scenes WHERE external_import_id = ${declared}; ${undo};
     INSERT INTO permanent_scenes (account_id, state, external_import_id, kind, scene)
     VALUES (${account}, 'external', ${declared}, 'string', 'a')`,
  ],
  permanent_scene_identity: [
    `${imported}; UPDATE permanent_scenes SET external_import_id = NULL WHERE scene = '40'`,
    `UPDATE permanent_scenes SET spent_for_campaign_id = ${campaign} WHERE id = ${slotOf('1')}`,
  ],
  permanent_scene_fact_costs_nothing: [
    `INSERT INTO permanent_scenes (account_id, state, kind, scene, spent_for_campaign_id)
     VALUES (${account}, 'external', 'string', 'a', ${campaign})`,
  ],
  campaign_slot_budget: [
    `UPDATE campaigns SET slot_budget = 0;
     ${takeScene('kind, scene, spent_for_campaign_id', `'string', 'a', ${campaign}`)}`,
    `${takeScene('kind, scene, spent_for_campaign_id', `'string', 'a', ${campaign}`)};
     UPDATE campaigns SET slot_budget = 0`,
  ],
  permanent_ledger_cap: [
    `UPDATE permanent_ledgers SET shares_pool = false, cap = 2; ${takeScene('kind, scene, scene_id', `'integer', '50', 50`)}`,
    `UPDATE permanent_ledgers SET shares_pool = false, cap = 2;
     ${takeScene('kind, scene', `'string', 'a'`)}; ${takeScene('kind, scene', `'string', 'b'`)};
     ${takeScene('kind, scene', `'string', 'c'`)}`,
    `UPDATE permanent_ledgers SET shares_pool = false, cap = 2; ${takeScene('kind, scene', `'string', 'a'`)};
     UPDATE permanent_ledgers SET shares_pool = true; ${takeScene('kind, scene', `'string', 'b'`)}`,
  ],
  permanent_ledger_strings_are_a_part: [`UPDATE permanent_ledgers SET unlisted_strings = 1`],
  permanent_ledger_rules: [
    `UPDATE permanent_ledgers SET cooling_days = -1`,
    `UPDATE permanent_ledgers SET approval_threshold = 0`,
  ],
  slot_cooling: [
    `${archive("now() - interval '89 days'")}; ${giveOn}`,
    `UPDATE permanent_ledgers SET cooling_days = 1; ${archive('now()')}; ${giveOn}`,
  ],
  codes_one_holder: [
    `${archive("now() - interval '91 days'")}; ${giveOn}; UPDATE codes SET archived_at = NULL WHERE id = ${issued}`,
    `UPDATE permanent_ledgers SET cooling_days = 0; ${archive("now() - interval '1 second'")}; ${giveOn};
     UPDATE permanent_scenes SET state = 'issued' WHERE id = ${slotOf('2')}; ${giveOn}`,
  ],
  approval_bounds: [`${ask}; UPDATE approvals SET note = repeat('x', 2001)`],
  approval_requester: [`${ask.replace("'user'", "'system'")}`],
  approval_decision_is_told: [`${ask}; UPDATE approvals SET state = 'approved'`],
  approval_makes_its_own_batch: [`${ask}; ${decide('approved')}; UPDATE approvals SET batch_id = ${batch}`],
  approval_same_account: [`${ask.replace(campaign, foreignCampaign)}`],
  approval_decided_once: [
    `${ask}; ${decide('refused')}; ${decide('approved')}`,
    `${ask}; ${decide('approved')}; ${decide('withdrawn')}`,
    `${ask}; UPDATE approvals SET slots = 5`,
  ],
};
