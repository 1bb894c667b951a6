module.exports = require('./load.cjs').load('commands')
