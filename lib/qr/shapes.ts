/** How modules look; all of them were read under every trial of a grade before they were let in. */
export const moduleShapes = ['square', 'rounded', 'dot'] as const;
export type ModuleShape = (typeof moduleShapes)[number];

export const finderStyles = ['square', 'rounded'] as const;
export type FinderStyle = (typeof finderStyles)[number];
