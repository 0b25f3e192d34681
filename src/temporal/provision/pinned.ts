/** Which Temporal command-line program Deskhand obtains when the machine has none. */

/** The newest release that `go install` can build; it carries server 1.29.1. */
export const pinnedVersion = '1.5.1';

export const goModule = `github.com/temporalio/cli/cmd/temporal@v${pinnedVersion}`;

/** Update-with-start and activity priorities, which Deskhand builds on, are complete from this server on. */
export const oldestServer = { major: 1, minor: 28 } as const;

/** Where a release's archives and its `checksums.txt` are, and what the archives must hash to. */
export interface Release {
  /** Without a trailing slash. */
  readonly url: string;
  /** Archive name to SHA-256, in hex. What is not listed is checked against the release's own `checksums.txt`. */
  readonly sha256: Readonly<Record<string, string>>;
}

export const officialRelease: Release = {
  url: `https://github.com/temporalio/cli/releases/download/v${pinnedVersion}`,
  sha256: {
    'temporal_cli_1.5.1_linux_amd64.tar.gz':
      'ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d',
    'temporal_cli_1.5.1_linux_arm64.tar.gz':
      'bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5',
    'temporal_cli_1.5.1_darwin_amd64.tar.gz':
      'bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9',
    'temporal_cli_1.5.1_darwin_arm64.tar.gz':
      'cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415',
  },
};
