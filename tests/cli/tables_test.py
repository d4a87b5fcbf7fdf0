"""The tables of settings in the documentation are what the program prints. STAMPEDE_UPDATE_GOLDEN=1 writes them anew."""

import os
import pathlib
import re
import unittest

from program import ProgramTest

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
TABLE = re.compile(r"(<!-- stampede (explain [a-z_]+ --markdown) -->\n)(.*?)(<!-- end -->)", re.S)


class Tables(ProgramTest):
    def test_the_documentation_holds_the_tables_that_the_program_prints(self):
        for page in sorted(DOCS.rglob("*.md")):
            text = page.read_text()
            made = TABLE.sub(lambda m: m[1] + self.stampede(*m[2].split()).stdout + m[4], text)
            if os.environ.get("STAMPEDE_UPDATE_GOLDEN"):
                page.write_text(made)
            else:
                self.assertEqual(made, text, f"{page}: STAMPEDE_UPDATE_GOLDEN=1 ctest -R tables writes it anew")
            self.assertEqual(text.count("<!-- stampede explain"), len(TABLE.findall(text)), page)

    def test_every_policy_has_a_page_with_its_table(self):
        pages = "".join(page.read_text() for page in (DOCS / "policies").glob("*.md"))
        policies = re.findall(r"^  (\w+)  ", self.stampede("list", "policies").stdout, re.M)
        self.assertGreater(len(policies), 10)
        for policy in policies:
            self.assertIn(f"<!-- stampede explain {policy} --markdown -->", pages)


if __name__ == "__main__":
    unittest.main()
