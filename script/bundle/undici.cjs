// In place of all of undici. @actions/github uses this fetch, and @actions/http-client the proxy of https_proxy. Both must
// be of one version of undici, so the fetch of Node.js cannot take the place of this one.
const Dispatcher = require('undici/lib/dispatcher/dispatcher');

// As in undici's own index.js: the proxy calls connect.
Object.assign(Dispatcher.prototype, require('undici/lib/api'));

module.exports = {
  fetch: require('undici/lib/web/fetch').fetch,
  ProxyAgent: require('undici/lib/dispatcher/proxy-agent'),
};
