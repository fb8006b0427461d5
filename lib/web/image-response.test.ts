import { expect, it } from 'vitest';
import { pictureResponse, svgResponse } from './image-response';

const bytes = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');

it('shows a drawing that may neither run nor load anything, whatever is in it', () => {
  for (const response of [svgResponse(bytes), svgResponse(bytes, { maxAgeSeconds: 60 })]) {
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(response.headers.get('cache-control')).toMatch(/^private, /);
  }
});

it('shows a picture only as what a browser merely paints', () => {
  const typeOf = (contentType: string) => pictureResponse({ bytes, contentType }).headers.get('content-type');
  expect(typeOf('image/png')).toBe('image/png');
  expect(typeOf('image/svg+xml')).toBe('application/octet-stream');
  expect(typeOf('text/html')).toBe('application/octet-stream');
});
