// Brings the tools this workspace is built on (Node 24, pnpm, the frozen dependencies) into one
// cache folder of the checkout and then runs its arguments under that Node. Plain JavaScript
// without dependencies, because it runs before anything is installed, on Node 20 or newer.
//
//   node infra/bootstrap.mjs FILE [ARG ...]     run FILE with the workspace ready
//   node infra/bootstrap.mjs --check            only make the workspace ready
//
// Every step that is done already is skipped; a step that was interrupted is done again, because
// a folder gets its final name only when it is complete.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_VERSION = '24.21.0';
const PNPM_VERSION = '12.21.0';
/** Node runs our TypeScript without a build step from this version on. */
const NODE_WANTED = [24, 12];
/** The npm packages that carry a Node 24 binary; elsewhere the user installs Node 24. */
const NODE_PACKAGES = new Set(['linux-x64', 'linux-arm64', 'win-x64', 'darwin-x64']);

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';
const platform = `${windows ? 'win' : process.platform}-${process.arch}`;

const say = (text) => process.stderr.write(`set-up: ${text}\n`);
const stop = (text) => {
  say(text);
  process.exit(3);
};

/** Runs a program to its end; shows its output only when it fails. */
function run(what, program, args, options = {}) {
  const started = Date.now();
  say(`${what} ...`);
  const output = [];
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => output.push(data));
    const clock = setInterval(() => say(`${what}: ${seconds(started)} so far`), 5000);
    child.on('error', (error) => {
      clearInterval(clock);
      stop(`${what} failed: ${error.message}`);
    });
    child.on('close', (code, signal) => {
      clearInterval(clock);
      if (code !== 0) {
        process.stderr.write(Buffer.concat(output));
        stop(`${what} failed: ${path.basename(program)} ended with ${code ?? signal}`);
      }
      say(`${what}: done in ${seconds(started)}`);
      resolve();
    });
  });
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

function nodeIsNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > NODE_WANTED[0] || (major === NODE_WANTED[0] && minor >= NODE_WANTED[1]);
}

/** The npm that runs us, or the one on the path. */
function npm(args) {
  const script = process.env.npm_execpath;
  if (script !== undefined && /npm-cli\.c?js$/.test(script))
    return [process.execPath, [script, ...args], {}];
  return windows ? ['npm.cmd', args, { shell: true }] : ['npm', args, {}];
}

async function ensureTools() {
  const ownNode = nodeIsNewEnough();
  if (!ownNode && !NODE_PACKAGES.has(platform)) {
    stop(
      `this machine (${platform}) needs Node ${NODE_WANTED.join('.')} or newer; it has ${process.versions.node}. Install it from nodejs.org and try again.`,
    );
  }
  const folder = path.join(
    root,
    '.cache',
    `tools-${platform}-node${ownNode ? '-own' : NODE_VERSION}-pnpm${PNPM_VERSION}`,
  );
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(path.join(unfinished, 'package.json'), '{"private":true}\n');
    const wanted = [
      `pnpm@${PNPM_VERSION}`,
      ...(ownNode ? [] : [`node-${platform}@${NODE_VERSION}`]),
    ];
    const [program, args, options] = npm([
      'install',
      '--prefix',
      unfinished,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
      ...wanted,
    ]);
    await run(`fetching ${wanted.join(' and ')}`, program, args, options);
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      // Another run was quicker, and may already be using what it made.
      if (!existsSync(folder)) throw error;
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const modules = path.join(folder, 'node_modules');
  const suffix = windows ? '.exe' : '';
  return {
    node: ownNode
      ? process.execPath
      : path.join(modules, `node-${platform}`, 'bin', `node${suffix}`),
    pnpm: path.join(modules, '@pnpm', `exe.${process.platform}-${process.arch}`, `pnpm${suffix}`),
  };
}

/** npm hands its own settings down to us; pnpm would take them for its own. */
function environmentFor(node) {
  const environment = {
    ...process.env,
    PATH: path.dirname(node) + path.delimiter + process.env.PATH,
  };
  for (const name of Object.keys(environment)) {
    if (/^npm_(config|package|lifecycle)_/i.test(name) && !/registry|proxy|cafile/i.test(name))
      delete environment[name];
  }
  return environment;
}

async function ensureDependencies(tools, environment) {
  const stamp = path.join(root, 'node_modules', '.smc-installed');
  const inputs = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].map((name) =>
    readFileSync(path.join(root, name)),
  );
  const wanted = createHash('sha256')
    .update(NODE_VERSION + platform + root)
    .update(Buffer.concat(inputs))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await run(
    'installing the dependencies of the lockfile',
    tools.pnpm,
    ['install', '--frozen-lockfile', '--reporter=append-only'],
    { env: { ...environment, CI: 'true' } },
  );
  writeFileSync(stamp, wanted);
}

const tools = await ensureTools();
const environment = environmentFor(tools.node);
if (process.argv[2] === '--pnpm') {
  environment.CI = 'true';
} else {
  await ensureDependencies(tools, environment);
}
const [program, args] =
  process.argv[2] === '--check'
    ? [tools.node, ['--version']]
    : process.argv[2] === '--pnpm'
      ? [tools.pnpm, process.argv.slice(3)]
      : [tools.node, process.argv.slice(2)];
const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: environment });
// The child cleans up after itself; we wait for it. A terminal sends Ctrl-C to both of us.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => stop(error.message));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
