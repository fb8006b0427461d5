import { loadTypeScript } from '../load-typescript.mjs';

const { serve } = await loadTypeScript('./scan-receiver.ts', import.meta.url);
await serve();
