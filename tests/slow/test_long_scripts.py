"""The golden cases of scripts with thousands of lines, held to what is held of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions import test_init, test_rewrite
from tests.support.golden import is_long, rewrite_cases


@pytest.mark.parametrize("case", [case for case in rewrite_cases() if is_long(case)], ids=lambda case: case.name)
def test_a_long_script_is_like_others(case: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    test_rewrite.test_the_golden_case(case)
    test_rewrite.test_a_second_run_changes_nothing(case)
    test_rewrite.test_the_result_passes_the_check(case)
    test_init.test_the_config_of_an_edited_script_changes_nothing_in_it(case, folder, capsys)
