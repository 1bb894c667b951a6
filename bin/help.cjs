module.exports = require('./load.cjs').load('main').Help
