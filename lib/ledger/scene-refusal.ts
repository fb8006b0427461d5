import 'server-only';
import { violatedLaw } from '../db/violated-law';
import { AppError } from '../errors';

type Scene = { id: number } | { str: string };

/**
 * Says in the product's words which law about scenes refused a write; any other error comes back as it is.
 *
 * @param scene  the one that was asked for, if one was
 */
export function toSceneRefusal(error: unknown, scene: Scene | null = null): unknown {
  const law = violatedLaw(error);
  if (law === null) return error;
  const details = scene === null ? {} : { scene: 'id' in scene ? String(scene.id) : scene.str };
  const refuse = (
    code:
      | 'SCENE_TAKEN'
      | 'SCENE_NOT_OURS'
      | 'SCENE_CAP_REACHED'
      | 'EXTERNAL_USE_UNDECLARED'
      | 'CAMPAIGN_BUDGET_REACHED'
      | 'SLOT_COOLING',
  ) => new AppError(code, `the database refused: ${law}`, details, { cause: error });
  switch (law) {
    case 'permanent_scenes_one_holder':
    case 'permanent_scenes_account_id_kind_scene_key':
    case 'codes_one_living_scene':
    case 'codes_one_holder':
    case 'scene_tenures_one_holder':
    case 'scene_held_by_temporary':
    case 'scene_held_by_permanent':
      return refuse('SCENE_TAKEN');
    case 'permanent_scene_not_ours':
      return refuse('SCENE_NOT_OURS');
    case 'permanent_scene_external_undeclared':
      return refuse('EXTERNAL_USE_UNDECLARED');
    case 'permanent_ledger_cap':
      return refuse('SCENE_CAP_REACHED');
    case 'campaign_slot_budget':
      return refuse('CAMPAIGN_BUDGET_REACHED');
    case 'slot_cooling':
      return refuse('SLOT_COOLING');
    default:
      return error;
  }
}
