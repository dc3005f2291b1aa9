import { cruiseOptions, folderRules, resolveOptions } from './folder-rules.mjs';

/** @type {import('dependency-cruiser').IConfiguration} */
const configuration = {
  forbidden: folderRules,
  options: { ...cruiseOptions, enhancedResolveOptions: resolveOptions },
};

export default configuration;
