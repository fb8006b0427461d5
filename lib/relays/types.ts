import type { DeliveryDto } from '../deliveries/types';

export const relayModes = ['plain', 'safe'] as const;
export type RelayMode = (typeof relayModes)[number];

/** The ordinary messages that WeChat knows. */
export const messageTypes = ['text', 'image', 'voice', 'video', 'shortvideo', 'location', 'link'] as const;

/** The events that are offered by their names, the usual ones first; any other may be typed. Lower case. */
export const usualEvents = ['subscribe', 'unsubscribe', 'scan', 'click', 'view', 'location'] as const;
export const rareEvents = [
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
  'view_miniprogram',
  'templatesendjobfinish',
  'masssendjobfinish',
  'kf_create_session',
  'kf_close_session',
  'kf_switch_session',
] as const;

/** Which pushes a relay takes: all, or those that any of the lists names. */
export type RelayRules = {
  takesAll: boolean;
  messageTypes: string[];
  /** Lower case, as `subscribe`. */
  events: string[];
  /** `login_*` a prefix, `40001-40500` a range of integers, anything else one scene. */
  scenes: string[];
};

/** Another system that gets pushes as WeChat would send them. Its token and key never come back. */
export type RelayDto = RelayRules & {
  id: string;
  accountId: string;
  name: string;
  url: string;
  mode: RelayMode;
  hasKey: boolean;
  /** The one system whose reply goes back to WeChat. */
  answers: boolean;
  enabled: boolean;
  allowPrivate: boolean;
  createdAt: string;
};

/** As the list shows it. `last`: the latest delivery; null where nothing has been handed on in 30 days. */
export type ListedRelayDto = RelayDto & { last: DeliveryDto | null };
