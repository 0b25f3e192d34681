import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** A spread state is a slow dictionary, and slows down all that reads it after that: src/core/changed.ts says why. */
const changedNotSpread = {
  meta: { schema: [], messages: { spread: 'write {{change}}(..., { ... }): src/core/changed.ts says why' } },
  create: (context) => ({
    'ObjectExpression[properties.length>1] > SpreadElement:first-child'(node) {
      const { symbol, aliasSymbol } = context.sourceCode.parserServices.getTypeAtLocation(node.argument);
      const change = { TicketState: 'changed', Turn: 'changedTurn' }[(aliasSymbol ?? symbol)?.name];
      if (change !== undefined) context.report({ node, messageId: 'spread', data: { change } });
    },
  }),
};

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', 'node_modules/**', '.deskhand/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    // The terminal is the CLI's page; everything else logs through src/log.
    files: ['src/cli/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // Workflow code runs in Temporal's sandbox: time, randomness and I/O come from the SDK or from activities.
    files: ['workflows/**/*.ts', 'src/core/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(node:|fs|path|crypto|http|axios|@temporalio/(client|worker|activity))',
              message: 'not in workflow code',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'fetch', 'process', 'Buffer'],
    },
  },
  {
    // The core is given the time; it never reads a clock.
    files: ['src/core/**/*.ts'],
    plugins: { deskhand: { rules: { 'changed-not-spread': changedNotSpread } } },
    rules: {
      'deskhand/changed-not-spread': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now' },
        { object: 'Math', property: 'random' },
      ],
    },
  },
  {
    // The embedded desk's page runs in a browser, as it is.
    files: ['src/helpdesk/embedded/page/*.js'],
    languageOptions: {
      globals: {
        document: 'readonly',
        location: 'readonly',
        fetch: 'readonly',
        FormData: 'readonly',
        EventSource: 'readonly',
        addEventListener: 'readonly',
      },
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
);
