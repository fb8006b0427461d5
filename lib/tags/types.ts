export type TagDto = {
  id: string;
  accountId: string;
  name: string;
  /** Put on the follower at WeChat too, when somebody scans a code that has it. */
  marksFollowers: boolean;
  /** Codes that have it. */
  codeCount: number;
};
