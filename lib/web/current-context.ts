import 'server-only';
import { cache } from 'react';
import type { Context } from '../context';
import { contextFor } from '../runtime';
import { currentActor } from './session';

/** The context of whoever sent the present request; read once a request. */
export const currentContext = cache(async (): Promise<Context> => contextFor(await currentActor()));
