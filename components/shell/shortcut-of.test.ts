import { describe, expect, it } from 'vitest';
import { nextRowIndex, shortcutOf } from './shortcut-of';

const press = (key: string, more: Partial<Parameters<typeof shortcutOf>[0]> = {}) =>
  shortcutOf({
    key,
    keyCode: 0,
    isComposing: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    defaultPrevented: false,
    target: null,
    ...more,
  });

const inside = (matches: boolean) => ({ closest: () => (matches ? {} : null) }) as unknown as EventTarget;

describe('shortcutOf', () => {
  it('knows its keys and no others', () => {
    expect(['/', 'c', 'j', 'k', 'x', '?'].map((key) => press(key))).toEqual([
      'search',
      'create',
      'next',
      'previous',
      'select',
      'help',
    ]);
    for (const key of ['C', 'a', 'Enter', 'Process', 'constructor']) expect(press(key)).toBeNull();
  });

  it('keeps still while an input method composes', () => {
    expect(press('c', { isComposing: true })).toBeNull();
    expect(press('c', { keyCode: 229 })).toBeNull();
  });

  it('keeps still in what takes text, and with a modifier', () => {
    expect(press('j', { target: inside(true) })).toBeNull();
    expect(press('j', { target: inside(false) })).toBe('next');
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'])
      expect(press('c', { [modifier]: true })).toBeNull();
  });

  it('repeats movement only', () => {
    expect(press('j', { repeat: true })).toBe('next');
    expect(press('x', { repeat: true })).toBeNull();
  });
});

describe('nextRowIndex', () => {
  it('enters at the near end and stops at both', () => {
    expect(nextRowIndex(-1, 3, 'next')).toBe(0);
    expect(nextRowIndex(-1, 3, 'previous')).toBe(2);
    expect(nextRowIndex(2, 3, 'next')).toBe(2);
    expect(nextRowIndex(0, 3, 'previous')).toBe(0);
  });
});
