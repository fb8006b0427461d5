import type { CodeErrorDto } from '../codes/types';

/** WeChat's own bounds: of an account, and of one follower. */
export const mostTags = 100;
export const mostTagsOfCode = 20;
export const mostTagCharacters = 30;

/** As a list of choices shows it. */
export type ChoosableTagDto = {
  id: string;
  name: string;
  /** Put on the follower at WeChat too, when somebody scans a code that has it. */
  marksFollowers: boolean;
};

export type TagDto = ChoosableTagDto & {
  accountId: string;
  /** Codes that have it, archived ones left out. */
  codeCount: number;
  /** Followers that it has been put on at WeChat, each once; those who have left since stay counted. */
  markedFollowers: number;
};

/** Followers who were not marked, alike failures counted together; `error.at` is the last of them. */
export type MarkingFailureDto = {
  tagId: string;
  tagName: string;
  followers: number;
  error: CodeErrorDto;
};

/** Why WeChat takes no tags at present; `until` null: until a person tries again. */
export type TaggingHoldDto = {
  errcode: number;
  errmsg: string;
  rid: string | null;
  at: string;
  until: string | null;
};

export type MarkingDto = {
  hold: TaggingHoldDto | null;
  /** Followers that wait for their tag, by the tag's id; one for whom nobody waits is left out. */
  waiting: Record<string, number>;
  /** The most followers first, a hundred rows of them. */
  failures: MarkingFailureDto[];
};
