import './index.js?worker';
