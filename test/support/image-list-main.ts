/** Lists the directory given as its first argument on standard output, as JSON that `listAsRoot` reads. */
import { type ListingOptions, listTree } from './tree-listing.ts';

const [, , directory, options] = process.argv;
const how: ListingOptions = JSON.parse(options);
const listing = listTree(directory, how);
process.stdout.write(
  JSON.stringify(listing, (_, value) => {
    if (typeof value === 'bigint') {
      return { bigint: `${value}` };
    }
    // A buffer comes here as what its toJSON gives.
    return value?.type === 'Buffer' ? { bytes: Buffer.from(value.data).toString('hex') } : value;
  }),
);
