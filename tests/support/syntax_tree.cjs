// Parses texts by tree-sitter's grammars: JSON lines {"language", "text"} come in on standard input, and for each a line
// {"problems", "nodes"} goes out: how many ERROR and MISSING nodes the tree has, and its nodes of the types that are asked
// for, each with the text that it spans. The arguments are the directory of the grammars and those types.
//
// A line with "tree": true gets {"problems", "tree"}: the whole tree. A node is [type, child, ...], or [type, text] when
// it has no named child. A node with nothing but one named child is that child, unless it is a command; white space that
// separates arguments is left out.
"use strict";

const fs = require("fs");
const path = require("path");

// The optimising compiler would work on the grammar for many seconds after the last line.
require("v8").setFlagsFromString("--liftoff-only");

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

/// The node that the cursor stands on, for "tree"; null for a separator.
function nested(cursor, found) {
  const type = cursor.nodeType;
  if (type === "ERROR" || cursor.nodeIsMissing) {
    found.problems += 1;
  }
  const children = [];
  let count = 0;
  let named = false;
  if (cursor.gotoFirstChild()) {
    do {
      count += 1;
      named = named || cursor.nodeIsNamed;
      const child = nested(cursor, found);
      if (child !== null) {
        children.push(child);
      }
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  if (children.length === 0 || (count === 1 && !named)) {
    const text = cursor.nodeText;
    return type === "command_argument_sep" && text.trim() === "" ? null : [type, text];
  }
  return count === 1 && type !== "command" ? children[0] : [type, ...children];
}

async function main() {
  await Parser.init();
  const parsers = {};
  for (const line of fs.readFileSync(0, "utf8").split("\n")) {
    if (line === "") {
      continue;
    }
    const { language, text, tree: whole } = JSON.parse(line);
    if (!(language in parsers)) {
      parsers[language] = new Parser();
      parsers[language].setLanguage(await Language.load(path.join(grammars, `tree-sitter-${language}.wasm`)));
    }
    const tree = parsers[language].parse(text);
    if (whole) {
      const found = { problems: 0 };
      found.tree = nested(tree.walk(), found);
      console.log(JSON.stringify(found));
    } else {
      console.log(JSON.stringify(walk(tree.rootNode, { problems: 0, nodes: [] })));
    }
    tree.delete();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
