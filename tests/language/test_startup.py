"""The start-up tricks leave no trace. Each runs in a process of its own, where spaCy is not imported yet."""

import subprocess
import sys

import pytest


def run(code: str) -> str:
    lines = "import sys\nfrom empathy_lint.language.startup import import_spacy\n" + code
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_cli_is_not_imported() -> None:
    assert run("import_spacy()\nprint([m for m in sys.modules if m in ('spacy.cli', 'typer', 'weasel')])") == "[]"


def test_spacy_info_still_works() -> None:
    assert run("spacy = import_spacy()\nprint(spacy.info(silent=True)['spacy_version'])").startswith("3.")


def test_the_cli_can_be_imported_afterwards() -> None:
    assert run("import_spacy()\nfrom spacy.cli import convert\nprint(convert.__name__)") == "convert"


def test_what_was_kept_out_can_be_imported_afterwards() -> None:
    # A standard module stands for torch, which is not installed here.
    assert run("import_spacy(keep_out=('wave',))\nimport wave\nprint(wave.__name__)") == "wave"


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(enabled: bool) -> None:
    setting = "enable" if enabled else "disable"
    assert run(f"import gc\ngc.{setting}()\nimport_spacy()\nprint(gc.isenabled())") == str(enabled)


@pytest.mark.parametrize("module", ["load", "sentences", "annotate", "text", "classes", "errors", "startup"])
def test_importing_this_room_does_not_import_spacy(module: str) -> None:
    assert run(f"import empathy_lint.language.{module}\nprint('spacy' in sys.modules)") == "False"


def test_textstat_leaves_nltk_alone_until_it_is_asked_for() -> None:
    code = "from empathy_lint.language.startup import import_textstat\nprint('nltk' in sys.modules, end=' ')\n"
    code += "grade = import_textstat().automated_readability_index('We can help you with that today.')\n"
    assert run(code + "print('nltk' in sys.modules, round(grade, 1) > -20)") == "False False True"
