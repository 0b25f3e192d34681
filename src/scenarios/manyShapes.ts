/** What V8 is told of code that plays scenarios. */
import { setFlagsFromString } from 'node:v8';

/**
 * A ticket's state, its turns and its facts come in more shapes at one place of the code than the four that V8 keeps by
 * default: beyond these it looks every property up anew. For the whole process, its later threads included, so it is for
 * whoever plays many scenarios and nothing else. Code that has run before keeps what it knows.
 * https://chromium.googlesource.com/v8/v8/+/main/src/flags/flag-definitions.h
 */
export function expectManyShapes(): void {
  setFlagsFromString('--max-valid-polymorphic-map-count=12');
}
