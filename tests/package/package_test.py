"""The library as others get it."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ["BUILD"])
CXX = [os.environ["CXX"], "-std=c++20", *shlex.split(os.environ.get("CXXFLAGS", ""))]


def run(*words, **options):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.prefix = cls.folder / "prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix, "--component", "library")
        run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder / "packed")
        [cls.deb] = (cls.folder / "packed").glob("*.deb")
        cls.root = cls.installed_into(cls.folder / "root")

    @classmethod
    def installed_into(cls, root):
        """Installed by dpkg as on a machine where nothing else is; what it depends on is there outside of that root."""
        for folder in ["var/lib/dpkg/info", "var/lib/dpkg/updates"]:
            (root / folder).mkdir(parents=True)
        (root / "var/lib/dpkg/status").touch()
        run("dpkg", f"--root={root}", "--force-not-root", "--force-depends", "--force-unsafe-io", "--log=/dev/null", "-i", cls.deb)
        return root

    def test_dpkg_knows_the_package_and_can_remove_it(self):
        root = self.installed_into(self.folder / "other-root")
        state = run("dpkg-query", f"--admindir={root}/var/lib/dpkg", "-W", "-f=${db:Status-Status}", "libstampede-dev")
        self.assertEqual(state, "installed")
        self.assertTrue((root / "usr/include/stampede").is_dir())
        run("dpkg", f"--root={root}", "--force-not-root", "--log=/dev/null", "-r", "libstampede-dev")
        self.assertFalse((root / "usr/include/stampede").exists())

    def says_three_tries(self, program):
        text = run(program)
        self.assertTrue(text.startswith("3 tries\n"), text)
        self.assertIn('stampede_attempts_total{attempt="3",outcome="success"} 1\n', text)

    def by_cmake(self, prefix, build):
        run("cmake", "-S", HERE / "outside", "-B", build, f"-DCMAKE_PREFIX_PATH={prefix}", "-DCMAKE_BUILD_TYPE=Release")
        run("cmake", "--build", build)
        self.says_three_tries(build / "outside")

    def by_pkg_config(self, prefix, program):
        found = os.environ | {"PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")}
        flags = run("pkg-config", "--cflags", "--libs", "stampede-loading", env=found).split()
        run(*CXX, HERE / "outside/main.cpp", "-o", program, *flags)
        self.says_three_tries(program)

    def test_a_program_builds_against_what_was_installed(self):
        self.by_cmake(self.prefix, self.folder / "cmake-installed")
        self.by_pkg_config(self.prefix, self.folder / "pkg-installed")

    def test_a_program_builds_against_what_was_packed(self):
        self.by_cmake(self.root / "usr", self.folder / "cmake-packed")
        self.by_pkg_config(self.root / "usr", self.folder / "pkg-packed")

    def test_a_component_that_does_not_exist_is_an_error(self):
        wrong = self.folder / "wrong"
        wrong.mkdir()
        (wrong / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(wrong LANGUAGES CXX)\n"
            "find_package(Stampede REQUIRED COMPONENTS teleport)\n")
        asked = subprocess.run(["cmake", "-S", wrong, "-B", wrong / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}"],
                               capture_output=True, text=True)
        self.assertNotEqual(asked.returncode, 0)
        self.assertIn("teleport", asked.stderr)

    def test_the_installed_headers_compile_in_either_order(self):
        include = self.prefix / "include"
        headers = sorted(h.relative_to(include) for h in include.rglob("*.hpp") if h.name != "asio.hpp")
        self.assertGreater(len(headers), 20)
        for header in headers:
            self.assertNotIn('#include "', (include / header).read_text(), header)
        alone = "".join(f"#include <{h}>\n" for h in headers)
        for text in [alone, "\n".join(reversed(alone.splitlines())) + "\n"]:
            run(*CXX, "-fsyntax-only", "-Wall", "-Werror", f"-I{include}", "-x", "c++", "-", input=text)

    def test_the_debian_package_says_what_it_is(self):
        fields = dict(re.findall(r"^ ?([\w-]+): (.*)$", run("dpkg-deb", "-f", self.deb), re.MULTILINE))
        self.assertEqual(fields["Package"], "libstampede-dev")
        self.assertTrue(fields["Version"].startswith(os.environ["VERSION"]))
        self.assertEqual(fields["Section"], "libdevel")
        self.assertEqual(fields["Architecture"], run("dpkg", "--print-architecture").strip())
        for needed in ["libfmt-dev", "nlohmann-json3-dev"]:
            self.assertIn(needed, fields["Depends"])
        self.assertRegex(fields["Maintainer"], r"^.+ <.+@.+>$")
        self.assertGreater(int(fields["Installed-Size"]), 100)

    def test_the_debian_package_keeps_to_its_place_and_belongs_to_root(self):
        for line in run("dpkg-deb", "-c", self.deb).splitlines():
            mode, owner, *_, path = line.split()
            self.assertEqual(owner, "root/root", line)
            self.assertRegex(path, r"^\./(usr/)?((include|lib|share)(/|$).*)?$", line)
            self.assertIn(mode, ["drwxr-xr-x", "-rw-r--r--"], line)


if __name__ == "__main__":
    unittest.main()
