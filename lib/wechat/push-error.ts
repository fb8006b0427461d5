/** Why a push was not taken. For the operator's page only: the HTTP answer must be the same for all of them. */
export const pushRefusals = [
  'bodyTooLarge',
  'notUtf8',
  'parameterMissing',
  'wrongSignature',
  'staleTimestamp',
  'plainNotAllowed',
  'compatNotAllowed',
  'encryptedNotExpected',
  'noEncodingAesKey',
  'undecipherable',
  'otherAppId',
  'doctypeRefused',
  'malformedXml',
  'fieldMissing',
] as const;

export type PushRefusal = (typeof pushRefusals)[number];

export class PushError extends Error {
  override readonly name = 'PushError';
  readonly reason: PushRefusal;

  constructor(reason: PushRefusal, message: string = reason) {
    super(message);
    this.reason = reason;
  }
}
