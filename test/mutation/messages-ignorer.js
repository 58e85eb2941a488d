/**
 * Leaves out what is no behaviour: the message of a bug (`must`, `assert`, `BugError`), which no
 * input can bring about. Plain JavaScript, because Stryker loads it without Vite.
 */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const THROWING = new Set(['must', 'assert', 'unreachable', 'BugError']);

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'messages', {
    shouldIgnore(path) {
      const call = path.parent;
      const isCall = call?.type === 'CallExpression' || call?.type === 'NewExpression';
      if (!isCall || call.callee.type !== 'Identifier' || !THROWING.has(call.callee.name)) return;
      const isMessage = path.isStringLiteral() || path.isTemplateLiteral();
      return isMessage ? 'the message of a bug' : undefined;
    },
  }),
];
