import 'server-only';
import type { DesignGrade, LogoImage, PrintDesignSettings } from './design-types';
import { toRefusal } from './draw-codes';
import { runDrawTask } from './draw-pool';

/**
 * Tries a design with a reader before anybody prints it, as a phone sees it at its size: far off, out of focus, dark, faded,
 * turned, tilted, with spread ink, stained and scratched; and measures its modules, its contrast and what a logo leaves of error
 * correction. The worst step counts. What is weak is mended on trial, and only what truly helps is named.
 *
 * Takes some 200 ms for two urls in a worker thread, and several times that when remedies are looked for.
 *
 * @param sampleUrls  two or three, of the lengths that the codes have
 * @throws AppError IMAGE_OUT_OF_BOUNDS | VALIDATION_FAILED | BUSY  as `drawCodes`
 */
export async function gradeDesign(
  design: PrintDesignSettings,
  logo: LogoImage | null,
  sampleUrls: string[],
): Promise<DesignGrade> {
  const answer = await runDrawTask('gradeInWorker', { design, logo, sampleUrls });
  if (answer.outcome === 'refused') throw toRefusal({ design }, answer.refusal);
  return answer.grade;
}
