/** What the bundle of the workflows is made of: here, in the image's build, in tests, always the same. */
export const workflowCode = {
  workflowsPath: require.resolve('../../workflows'),
  payloadConverterPath: require.resolve('../../workflows/payloadConverter'),
} as const;
