// Parses texts by tree-sitter's grammars: JSON lines {"language", "text"} come in on standard input, and for each a line
// {"problems", "nodes"} goes out: how many ERROR and MISSING nodes the tree has, and its nodes of the types that are asked
// for, each with the text that it spans. The arguments are the directory of the grammars and those types.
"use strict";

const fs = require("fs");
const path = require("path");

const [grammars, ...wanted] = process.argv.slice(2);
const { Parser, Language } = require(path.join(grammars, "tree-sitter.js"));

function walk(node, found) {
  if (node.isError || node.isMissing) {
    found.problems += 1;
  }
  if (wanted.includes(node.type)) {
    found.nodes.push([node.type, node.text]);
  }
  for (let index = 0; index < node.childCount; ++index) {
    walk(node.child(index), found);
  }
  return found;
}

async function main() {
  await Parser.init();
  const parsers = {};
  for (const line of fs.readFileSync(0, "utf8").split("\n")) {
    if (line === "") {
      continue;
    }
    const { language, text } = JSON.parse(line);
    if (!(language in parsers)) {
      parsers[language] = new Parser();
      parsers[language].setLanguage(await Language.load(path.join(grammars, `tree-sitter-${language}.wasm`)));
    }
    const tree = parsers[language].parse(text);
    console.log(JSON.stringify(walk(tree.rootNode, { problems: 0, nodes: [] })));
    tree.delete();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
