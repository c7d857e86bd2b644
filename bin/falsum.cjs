#!/usr/bin/env node
// Written for every Node there is, so that an old one gets one line instead of a syntax error.
var needed = [20, 19];
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < needed[0] || (parts[0] === needed[0] && parts[1] < needed[1])) {
  var message =
    'falsum: needs Node ' + needed.join('.') + ' or newer, this is ' + process.versions.node;
  process.stderr.write(message + '; install a newer Node\n');
  process.exitCode = 2;
} else {
  require('./start.cjs');
}
