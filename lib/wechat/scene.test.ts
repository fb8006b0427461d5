import { describe, expect, it } from 'vitest';
import {
  parseScene,
  type Scene,
  type SceneIssueCode,
  sceneFromEventKey,
  sceneIssueCodes,
  validateExpireSeconds,
  validateScene,
} from './scene';

const codeOf = (kind: 'temporary' | 'permanent', scene: Scene) =>
  validateScene({ kind, scene })?.code ?? null;

describe('validateScene', () => {
  it.each<['temporary' | 'permanent', number, SceneIssueCode | null]>([
    ['permanent', 0, 'sceneIdRange'],
    ['temporary', 0, 'sceneIdRange'],
    ['permanent', -1, 'sceneIdRange'],
    ['permanent', 1.5, 'notAnInteger'],
    ['temporary', Number.NaN, 'notAnInteger'],
    ['temporary', Number.POSITIVE_INFINITY, 'notAnInteger'],
    ['permanent', 1, null],
    ['permanent', 100_000, null],
    ['permanent', 100_001, 'sceneIdRange'],
    ['temporary', 100_001, null],
    ['temporary', 4_294_967_295, null],
    ['temporary', 4_294_967_296, 'sceneIdRange'],
  ])('%s id %d: %s', (kind, id, expected) => {
    expect(codeOf(kind, { id })).toBe(expected);
  });

  it.each<[string, string, SceneIssueCode | null]>([
    ['empty', '', 'sceneStrEmpty'],
    ['64 bytes', 'a'.repeat(64), null],
    ['65 bytes', 'a'.repeat(65), 'sceneStrTooLong'],
    ['21 Chinese characters', '店'.repeat(21), null],
    ['22 Chinese characters', '店'.repeat(22), 'sceneStrTooLong'],
    ['a line break', 'a\nb', 'controlCharacters'],
    ['NUL', '\u0000', 'controlCharacters'],
    ['DEL', 'a\u007f', 'controlCharacters'],
    ['half an emoji', 'a\ud83d', 'invalid'],
    ['an emoji', '😀', null],
  ])('string with %s', (_name, str, expected) => {
    for (const kind of ['temporary', 'permanent'] as const) expect(codeOf(kind, { str })).toBe(expected);
  });

  it('names field and bounds', () => {
    expect(validateScene({ kind: 'permanent', scene: { id: 100_001 } })).toEqual({
      field: 'scene.id',
      code: 'sceneIdRange',
      params: { min: 1, max: 100_000 },
    });
    expect(validateScene({ kind: 'permanent', scene: { str: '店'.repeat(22) } })?.params).toEqual({
      max: 64,
      bytes: 66,
    });
  });
});

it.each<[number, SceneIssueCode | null]>([
  [0, 'expiryRange'],
  [1, null],
  [1.5, 'notAnInteger'],
  [2_592_000, null],
  [2_592_001, 'expiryRange'],
])('an expiry of %d s: %s', (seconds, expected) => {
  expect(validateExpireSeconds(seconds)?.code ?? null).toBe(expected);
  if (expected) expect(sceneIssueCodes).toContain(expected);
});

it.each<[string, Scene]>([
  ['123', { id: 123 }],
  ['4294967295', { id: 4_294_967_295 }],
  ['4294967296', { str: '4294967296' }],
  ['007', { str: '007' }],
  ['0', { str: '0' }],
  ['-1', { str: '-1' }],
  ['12a', { str: '12a' }],
  ['１２', { str: '１２' }],
])('reads %s from a list', (text, scene) => {
  expect(parseScene(text)).toEqual(scene);
});

it.each([
  ['subscribe', 'qrscene_123123', { text: '123123', id: 123_123 }],
  ['Subscribe', 'qrscene_a_b', { text: 'a_b', id: null }],
  ['subscribe', 'qrscene_qrscene_1', { text: 'qrscene_1', id: null }],
  ['subscribe', 'last_trade_no_4200', null],
  ['subscribe', 'x_qrscene_1', null],
  ['subscribe', 'qrscene_', null],
  ['subscribe', '', null],
  ['subscribe', undefined, null],
  ['SCAN', 'SCENE_VALUE', { text: 'SCENE_VALUE', id: null }],
  ['scan', '7', { text: '7', id: 7 }],
  ['SCAN', 'qrscene_7', { text: 'qrscene_7', id: null }],
  ['SCAN', '0', { text: '0', id: null }],
  ['CLICK', '7', null],
  ['unsubscribe', '', null],
])('scene of %s with key %s', (event, eventKey, expected) => {
  expect(sceneFromEventKey(event, eventKey)).toEqual(expected);
});
