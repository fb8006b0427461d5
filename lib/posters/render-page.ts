import { PDFiumLibrary } from '@hyzyla/pdfium';

/** PDFium's memory does not shrink: one library for the thread, and a document at a time. */
let library: Promise<PDFiumLibrary> | undefined;

/**
 * Renders the first page of a PDF as Chromium would: with PDFium, which shares no code with what wrote it.
 *
 * @param longSidePx  of the picture
 * @returns RGBA rows, on white
 */
export async function renderPage(
  file: Uint8Array,
  longSidePx: number,
): Promise<{ pixels: Uint8Array; width: number; height: number }> {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(file);
  try {
    const page = document.getPage(0);
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const scale = longSidePx / Math.max(originalWidth, originalHeight);
    const { data, width, height } = await page.render({ scale, render: 'bitmap' });
    return { pixels: data, width, height };
  } finally {
    document.destroy();
  }
}
