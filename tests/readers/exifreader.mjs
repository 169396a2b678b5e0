// Prints what npm's exifreader finds in each of the files named on stdin, one JSON object a line.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const ExifReader = createRequire(process.argv[2] + '/')('exifreader');

// "UNICODE", then UTF-16BE.
function userComment(tag) {
  if (!tag) return null;
  const bytes = Uint8Array.from(tag.value);
  return new TextDecoder('utf-16be').decode(bytes.slice(8));
}

for (const path of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const tags = await ExifReader.load(readFileSync(path), { async: true, expanded: true });
  console.log(JSON.stringify({
    parameters: tags.png?.parameters?.value ?? tags.pngText?.parameters?.value ?? null,
    userComment: userComment(tags.exif?.UserComment),
    record: tags.xmp?.GenerationParameters?.value ?? null,
    prompt: tags.xmp?.AIPromptInformation?.value ?? null,
    rating: tags.xmp?.Rating?.value ?? null,
  }));
}
