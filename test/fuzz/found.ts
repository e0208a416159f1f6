const bombs = 'test/fuzz/payload.test.ts';

/** What was wrong before there was a fuzz run, and the test that holds it. */
export const found: readonly { readonly what: string; readonly test: string }[] = [
  {
    what: 'a file that ends with an empty line ended the user-data there: cloud-init could not read it',
    test: 'test/fuzz/blank-lines.test.ts',
  },
  {
    what: 'the JSON of a mapping’s lines had line breaks of YAML 1.1 in it',
    test: 'test/encode/document.test.ts',
  },
  {
    what: 'inspect of disks, archives, MIME, YAML and texts that are made for it took all time or memory',
    test: bombs,
  },
  { what: 'the name of an unknown module went to the terminal as it was', test: bombs },
  {
    what: 'a registry’s garbage (token, config, redirect) ended with a stack',
    test: 'test/fuzz/registry.test.ts',
  },
  {
    what: 'a config that is a device was read without end; a link in a circle or too long a name ended with a stack',
    test: 'test/fuzz/inputs.test.ts',
  },
  {
    what: 'a text whose first line begins with a tab was a block that kubelet’s reader refuses',
    test: 'test/encode/document.test.ts',
  },
  {
    what: 'an @ in a locked URL became the node’s architecture, brackets and braces a list of URLs',
    test: 'test/catalog/parse-lock.test.ts',
  },
  {
    what: 'a device or a program with its owner’s rights in an archive was unpacked as it was',
    test: 'test/fuzz/unpack.test.ts',
  },
];
