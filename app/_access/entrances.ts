import path from 'node:path';
import { API, SignatureKind } from 'typescript/unstable/sync';

/** One way into the house: something that can be asked for from outside, or a service behind it. */
export type Entrance = {
  /** As in the table: `createCodeAction`, `/codes/[codeId]`, `GET /api/v1/codes`, `codes/createCode`. */
  key: string;
  /** Absolute. */
  file: string;
  /** The export to call. */
  name: string;
};

export type Entrances = Record<'actions' | 'pages' | 'titles' | 'routes' | 'services', Entrance[]>;

const root = process.cwd();
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** Libraries, and folders that no request reaches by themselves. */
const notServices = /^lib\/(?:db|i18n|openapi|qr|web|wechat)\/|\/test-bench\.ts$/;

/**
 * Reads the sources as the compiler sees them, so that nothing is missed for the way in which it is written: exports of
 * every `'use server'` file, pages and layouts with their titles, the methods of route files, and every exported function
 * of lib that first takes a context (an object with `actor` or `db`).
 */
export function listEntrances(): Entrances {
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProject: path.join(root, 'tsconfig.json') }).getProjects();
    if (!project) throw new Error('the compiler finds no project');
    const { program, checker } = project;
    const found: Entrances = { actions: [], pages: [], titles: [], routes: [], services: [] };

    for (const file of project.rootFiles) {
      const place = path.relative(root, file).replaceAll(path.sep, '/');
      if (!/^(?:app|lib)\//.test(place) || /\.test\.tsx?$|\/_access\/|\/_tests\//.test(place)) continue;
      const source = program.getSourceFile(file);
      const symbol = source && checker.getSymbolAtLocation(source);
      if (!source || !symbol) continue;
      const exported = checker.getExportsOfModule(symbol);
      const signatureOf = (each: (typeof exported)[number]) => {
        const type = checker.getTypeOfSymbol(each);
        return type ? checker.getSignaturesOfType(type, SignatureKind.Call)[0] : undefined;
      };
      const add = (kind: keyof Entrances, key: string, name: string) => found[kind].push({ key, file, name });

      if (/^\s*['"]use server['"]/.test(source.text)) {
        for (const each of exported) if (signatureOf(each)) add('actions', each.name, each.name);
      } else if (/^\s*['"]use server['"]/m.test(source.text)) {
        throw new Error(`${place}: an action within a function is not walked; move it to a file of actions`);
      } else if (/^app\/.*(?:page|layout)\.tsx$/.test(place)) {
        for (const { name } of exported) {
          if (name === 'default') add('pages', toPageKey(place), name);
          if (name === 'generateMetadata') add('titles', toPageKey(place), name);
        }
      } else if (/^app\/.*\/route\.tsx?$/.test(place)) {
        for (const { name } of exported) {
          if (methods.includes(name)) add('routes', `${name} ${toUrlPath(place)}`, name);
        }
      } else if (/^lib\/[^/]+\//.test(place) && !notServices.test(place)) {
        for (const each of exported) {
          const [first] = signatureOf(each)?.getParameters() ?? [];
          const taken = first && checker.getTypeOfSymbol(first);
          const names = taken ? checker.getPropertiesOfType(taken).map(({ name }) => name) : [];
          if (names.includes('actor') || names.includes('db')) {
            add('services', `${place.split('/')[1]}/${each.name}`, each.name);
          }
        }
      }
    }
    return found;
  } finally {
    api.close();
  }
}

/** `app/(dashboard)/codes/page.tsx` → `/codes`; a layout keeps its folder: `(dashboard)/layout`. */
function toPageKey(place: string): string {
  if (place.endsWith('/layout.tsx')) return place.slice('app/'.length, -'.tsx'.length);
  return toUrlPath(place);
}

function toUrlPath(place: string): string {
  const folders = place.split('/').slice(1, -1);
  return `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join('/')}`;
}
