/** A permanent slot that was reserved just now. */
export type ReservedScene = { permanentSceneId: bigint; sceneKind: 'integer' | 'string'; scene: string };
