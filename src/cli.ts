import manifest from '../package.json' with { type: 'json' };

process.stdout.write(`hasmit ${manifest.version}\n`);
