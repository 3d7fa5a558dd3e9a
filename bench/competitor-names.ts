/** Everything that is measured, in the order of a round. */
export const COMPETITOR_NAMES = [
  'tar',
  'floor-raw',
  'action-raw',
  'tar-zstd',
  'floor-zstd',
  'action-zstd',
  'mke2fs',
  'genext2fs',
  'recipe',
] as const;

export type CompetitorName = (typeof COMPETITOR_NAMES)[number];

/** What the table and the charts call them. */
export const TITLES: Readonly<Record<CompetitorName, string>> = {
  tar: 'tar cf',
  'floor-raw': 'plain loop, raw',
  'action-raw': 'this action, raw',
  'tar-zstd': 'tar | zstd -3 -T0',
  'floor-zstd': 'plain loop, zstd',
  'action-zstd': 'this action, zstd',
  mke2fs: 'mke2fs -d alone, staged',
  genext2fs: 'genext2fs alone, staged',
  recipe: 'recipe in use today',
};

/** Those that are this action. */
export const ACTION_NAMES: readonly CompetitorName[] = ['action-raw', 'action-zstd'];
