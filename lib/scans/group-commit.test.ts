import { expect, it } from 'vitest';
import { GroupCommit, TooBusy } from './group-commit';

const options = { limit: 3, maxWaiting: 100, patienceMs: 10_000 };

it('commits together what comes together, and what comes meanwhile with the next', async () => {
  const groups: number[][] = [];
  let finish: () => void = () => undefined;
  const commits = new GroupCommit<number, string>({
    ...options,
    commit: (group) => {
      groups.push(group);
      return new Promise((resolve) => {
        finish = () => resolve(group.map((n) => `did ${n}`));
        if (groups.length > 1) finish();
      });
    },
  });
  const first = commits.add(1);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const others = [2, 3, 4, 5].map((n) => commits.add(n));
  finish();
  expect(await Promise.all([first, ...others])).toEqual(['did 1', 'did 2', 'did 3', 'did 4', 'did 5']);
  expect(groups).toEqual([[1], [2, 3, 4], [5]]);
});

it('tries the items of a failed group one by one, so that one of them spoils only itself', async () => {
  const commits = new GroupCommit<number, number>({
    ...options,
    commit: async (group) => {
      if (group.includes(2)) throw Object.assign(new Error('bad'), { code: '23514' });
      return group;
    },
  });
  const settled = await Promise.allSettled([1, 2, 3].map((n) => commits.add(n)));
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('fails a group at once when it is the database that failed', async () => {
  let tries = 0;
  const commits = new GroupCommit<number, number>({
    ...options,
    commit: async () => {
      tries += 1;
      throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
    },
  });
  const settled = await Promise.allSettled([1, 2, 3].map((n) => commits.add(n)));
  expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
  expect(tries).toBe(1);
});

it('refuses at once when too many wait', async () => {
  const never = new GroupCommit<number, number>({
    ...options,
    maxWaiting: 2,
    commit: () => new Promise(() => undefined),
  });
  void never.add(1);
  void never.add(2);
  await expect(never.add(3)).rejects.toThrow(TooBusy);
});
