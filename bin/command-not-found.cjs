module.exports = require('./load.cjs').load('main').commandNotFound
