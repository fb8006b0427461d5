export type Shortcut = 'search' | 'create' | 'next' | 'previous' | 'select' | 'help';

const shortcuts = new Map<string, Shortcut>([
  ['/', 'search'],
  ['c', 'create'],
  ['j', 'next'],
  ['k', 'previous'],
  ['x', 'select'],
  ['?', 'help'],
]);

type Key = Pick<
  KeyboardEvent,
  | 'key'
  | 'keyCode'
  | 'isComposing'
  | 'ctrlKey'
  | 'metaKey'
  | 'altKey'
  | 'repeat'
  | 'defaultPrevented'
  | 'target'
>;

/**
 * What a key press asks for, or null: while an input method composes, inside anything that takes text, and together with
 * Ctrl, Alt or Cmd, a key is only a key.
 */
export function shortcutOf(event: Key): Shortcut | null {
  // Safari ends a composition before the key that ended it; 229 is the only sign left.
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return null;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (takesText(event.target)) return null;
  const shortcut = shortcuts.get(event.key) ?? null;
  const mayRepeat = shortcut === 'next' || shortcut === 'previous';
  return event.repeat && !mayRepeat ? null : shortcut;
}

function takesText(target: EventTarget | null): boolean {
  if (target === null || !('closest' in target) || typeof target.closest !== 'function') return false;
  return (
    target.closest(
      'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="combobox"], [role="listbox"]',
    ) !== null
  );
}

/** Stops at both ends; from outside the list, down goes to the first row and up to the last. */
export function nextRowIndex(current: number, count: number, direction: 'next' | 'previous'): number {
  if (direction === 'next') return Math.min(current + 1, count - 1);
  return current < 0 ? count - 1 : Math.max(current - 1, 0);
}
