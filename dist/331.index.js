export const id = 331;
export const ids = [331];
export const modules = {

/***/ 7331:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

// In place of all of undici. @actions/github uses this fetch, and @actions/http-client the proxy of https_proxy. Both must
// be of one version of undici, so the fetch of Node.js cannot take the place of this one.
const Dispatcher = __webpack_require__(6089);

// As in undici's own index.js: the proxy calls connect.
Object.assign(Dispatcher.prototype, __webpack_require__(8833));

module.exports = {
  fetch: (__webpack_require__(7532).fetch),
  ProxyAgent: __webpack_require__(4942),
};


/***/ })

};
