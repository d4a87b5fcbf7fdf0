"""Every ```cpp block of the documents compiles; whole programs run; the first one in README.md is the smallest example."""

import os
import pathlib
import re
import shlex
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["BUILD"])
CXX = [os.environ["CXX"], "-std=c++20", *shlex.split(os.environ.get("CXXFLAGS", "")), f"-I{BUILD}/include", f"-I{ROOT}"]
LIBRARIES = [BUILD / "policies/libstampede_policies.a", "-pthread"]
BLOCK = re.compile(r"^```cpp\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What the fragments of the guide take for granted.
GIVEN = """
#include <cstdio>
#include <string>
#include <stampede/policies/drivers/blocking.hpp>
#include <stampede/policies/metrics/exposition.hpp>
#include <stampede/policies/metrics/metrics.hpp>
#include <stampede/scenarios/loading/stacks.hpp>
using namespace stampede;
using namespace std::chrono_literals;
struct Response { int status; std::string body; };
Response get(const std::string& path, std::optional<Duration> time);
"""


def blocks(document):
    return BLOCK.findall((ROOT / document).read_text())


def compiler(*words, **options):
    done = subprocess.run([*CXX, *map(str, words)], capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stderr


class Guide(unittest.TestCase):
    def test_the_readme_shows_the_smallest_example_as_it_is(self):
        example = (ROOT / "examples/smallest/main.cpp").read_text()
        self.assertIn(example, blocks("README.md"))
        self.assertIn(example, blocks("docs/library.md"))

    def test_fragments_of_the_guide_compile(self):
        fragments = [block for block in blocks("docs/library.md") if "int main" not in block]
        self.assertGreaterEqual(len(fragments), 4)
        names = {"stack": "const LiveStack& stack", "executor": "BlockingExecutor& executor"}
        text = GIVEN
        for number, fragment in enumerate(fragments):
            given = ", ".join(p for name, p in names.items() if not re.search(rf"\b(LiveStack|Executor) {name}\b", fragment))
            text += f"void fragment_{number}({given}) {{\n{fragment}}}\n"
        compiler("-fsyntax-only", "-x", "c++", "-", input=text)

    def test_whole_programs_run(self):
        programs = {b for d in ["README.md", "docs/library.md"] for b in blocks(d) if "int main" in b}
        self.assertGreaterEqual(len(programs), 2)
        for text in programs:
            with tempfile.TemporaryDirectory() as folder:
                source = pathlib.Path(folder) / "main.cpp"
                source.write_text(text)
                compiler(source, "-o", f"{folder}/program", *LIBRARIES)
                self.assertEqual(subprocess.run([f"{folder}/program"], stdout=subprocess.DEVNULL).returncode, 0, text)


if __name__ == "__main__":
    unittest.main()
