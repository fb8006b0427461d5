export const maxImportedSceneBytes = 512;
export const maxTicketCharacters = 512;
export const maxUrlCharacters = 2_000;
