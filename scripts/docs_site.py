"""Makes of the pages, which GitHub shows, those of the site. A hook of mkdocs: see mkdocs.yml."""

import collections
import html
import pathlib
import re

from mkdocs.structure.files import File

import docs_blocks

ROOT = pathlib.Path(__file__).resolve().parent.parent
REPOSITORY = "https://github.com/portrun/portrun/tree/main"
CODE = re.compile(r"<pre><code>(.*?)</code></pre>", re.DOTALL)
PICTURE = re.compile(
    r'<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)" ?/?>\s*(<img [^>]*src=")([^"]+)(".*?>)\s*</picture>')
LINK = re.compile(r"\]\(([^):#]+)((?:#[^)]*)?)\)")


def on_files(files, config):
    """The README is the first page."""
    files.append(File.generated(config, "index.md", content=(ROOT / "README.md").read_text()))
    return files


def with_anchors(markdown):
    """The list of messages, each with an anchor made of its words."""
    seen = collections.Counter()

    def anchored(item):
        name = "-".join(re.findall(r"[a-z0-9]+", item[1].lower()))
        seen[name] += 1
        return f'- <a id="{name}{"" if seen[name] == 1 else f"-{seen[name]}"}"></a>{item[1]}'

    return re.sub(r"^- (.+)$", anchored, markdown, flags=re.MULTILINE)


def on_page_markdown(markdown, page, **_):
    """Leaves out what is said to the scripts alone, and leads links that leave the docs to the repository."""
    folder = ROOT if page.file.src_path == "index.md" else ROOT / "docs"

    def leading(link):
        path = (folder / link[1]).resolve()
        if path.is_relative_to(ROOT / "docs"):
            return f"]({path.relative_to(ROOT / 'docs')}{link[2]})"
        if not path.exists():
            raise FileNotFoundError(f"{page.file.src_path}: {link[1]}")
        return f"]({REPOSITORY}/{path.relative_to(ROOT)}{link[2]})"

    # A comment parts two blocks of code, also where nothing is left of it.
    markdown = re.sub(r"<!--.*?-->\n*", "<!-- -->\n\n", markdown, flags=re.DOTALL)
    if page.file.src_path == "troubleshooting.md":
        markdown = with_anchors(markdown)
    if folder == ROOT:
        markdown = markdown.replace('"docs/images/', '"images/')
    return LINK.sub(leading, markdown)


def on_page_content(content, page, **_):
    """Offers no copy of a block that shows prompts and what is printed: that is nothing to type."""

    def marked(block):
        lines = html.unescape(block[1]).split("\n")
        is_transcript = any(docs_blocks.PROMPT.match(line) for line in lines)
        return block[0].replace("<pre>", '<pre class="no-copy">', 1) if is_transcript else block[0]

    source = ROOT / "README.md" if page.file.src_path == "index.md" else ROOT / "docs" / page.file.src_path
    written, shown = len(docs_blocks.all_blocks(source, ROOT)), len(CODE.findall(content))
    if written != shown:
        raise ValueError(f"{page.file.src_path}: {written} blocks of code are written, and {shown} shown")
    # The reader chooses here, and not the system.
    content, count = PICTURE.subn(r"\2\3#only-light\4\n\2\1#only-dark\4", content.replace("<!-- -->\n", ""))
    if count != content.count("#only-dark") or "<picture" in content:
        raise ValueError(f"{page.file.src_path}: a picture is written in another way")
    return CODE.sub(marked, content)
