/** What a person is answered with: a text, or one linked article. */
export type ReplyContent =
  | { kind: 'text'; text: string }
  | { kind: 'news'; title: string; description: string; pictureUrl: string; url: string };

/** What may stand in a reply as `{label}`. */
export const replyVariables = ['label', 'campaign', 'channel', 'scene'] as const;
export type ReplyVariable = (typeof replyVariables)[number];

export type ReplyDto = {
  enabled: boolean;
  /** For those who follow for the first time. */
  forNew: ReplyContent;
  /** For those who follow already, or again; null: the same. */
  forReturning: ReplyContent | null;
  changedAt: string;
};

/** Of a code: its own reply, its campaign's, and which of them answers a scan now. */
export type RepliesOfCodeDto = {
  own: ReplyDto | null;
  ofCampaign: { campaign: { id: string; name: string }; reply: ReplyDto } | null;
  applies: 'own' | 'campaign' | null;
};
