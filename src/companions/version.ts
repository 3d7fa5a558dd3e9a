import packageJson from '../../package.json' with { type: 'json' };

/** Version of this action. */
export const VERSION: string = packageJson.version;
