// In place of packages for zip files. The action uploads one file that is not zipped, and downloads none.
export default {};
