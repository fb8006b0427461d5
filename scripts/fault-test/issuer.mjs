import { loadTypeScript } from '../load-typescript.mjs';

const { serve } = await loadTypeScript('./issuer.ts', import.meta.url);
await serve();
