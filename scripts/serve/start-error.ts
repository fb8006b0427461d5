/** A start that is refused: one clear sentence for the person, and a non-zero exit. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
