"""What is promised word for word, each sentence with the tests that fail where it is untrue.

The sentences are those of the README's end, of SECURITY.md's list, and of three sections of docs/reliability.md. Whoever
changes one, or takes a test away, decides here which test holds it now.
"""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AS_CODE = "slow/test_no_value_becomes_code.py"
TREES = (
    f"{AS_CODE}::test_every_text_of_a_config_in_a_generated_script",
    f"{AS_CODE}::test_any_text_in_a_rewritten_script",
    f"{AS_CODE}::test_a_comment_of_a_script_stays_a_comment",
    f"{AS_CODE}::test_all_that_goes_with_a_script",
)
WHOLE = (
    "tools/test_writes.py::test_killed_before_any_system_call",
    "tools/test_writes.py::test_any_system_call_fails",
    "files/test_files.py::test_whichever_call_the_system_refuses_the_old_bytes_stay",
    "slow/test_permissions.py::test_on_a_full_disk_the_old_bytes_stay",
)
KEPT = (
    "actions/test_ownership.py::test_what_is_a_users_is_kept_without_force",
    "actions/test_ownership.py::test_force_replaces_it_and_keeps_it_once",
    "actions/test_ownership.py::test_a_file_that_an_option_names_is_kept_without_force",
    "actions/test_bundle.py::test_what_was_edited_in_a_bundle_is_kept",
    "actions/test_bundle.py::test_a_copy_that_was_edited_is_kept",
)
NETWORK = (
    "tools/test_network.py::test_no_command_speaks_to_the_network",
    "tools/test_watched_commands.py::test_what_a_command_does",
    "tools/test_watched_commands.py::test_every_other_command_is_watched",
)
INSIDE = (
    "files/test_places.py::test_an_output_outside_is_refused",
    "files/test_places.py::test_whatever_the_output_only_the_config_s_folder_changes",
    "files/test_odd_entries.py::test_git_in_the_spelling_of_another_system",
)
LINKS = (
    "actions/test_bundle.py::test_a_link_is_not_copied",
    "actions/test_bundle.py::test_what_is_behind_a_link_is_not_copied",
    "files/test_odd_entries.py::test_a_link_that_leads_out_is_not_looked_at",
    "files/test_odd_entries.py::test_a_folder_behind_a_link_is_not_looked_at",
    "files/test_odd_entries.py::test_an_index_names_nothing_outside",
)
MASKED = (
    "tools/test_client.py::test_each_status_says_what_to_do_without_another_try_and_without_the_key",
    "tools/test_client.py::test_a_key_at_the_end_of_what_is_shown_is_no_part_of_it",
    "trial/test_endpoint.py::test_an_endpoint_is_asked_with_its_key",
)
ENDS = (
    "hostile/test_inputs.py::test_a_script",
    "hostile/test_inputs.py::test_a_config",
    "hostile/test_inputs.py::test_a_conda_file",
    "hostile/test_inputs.py::test_a_tree_of_100_000_files_and_links_in_circles",
    "hostile/test_outputs.py::test_on_a_terminal",
    "hostile/test_ends.py::test_git_that_waits_for_ever_is_not_waited_for",
)
README = {
    "Exit code `0` is fine, `1`: your files need attention, `2`: wrong usage, or a file that cannot be read or written.": (
        "cli/test_cli.py::test_generate_leaves_a_current_file_alone",
        "cli/test_cli.py::test_a_bad_config_stops_none_of_the_others",
        "cli/test_cli.py::test_wrong_usage_and_files_out_of_reach_exit_with_2",
    ),
    "No value becomes code, no file is half written, yours is not replaced unasked, and the network is asked only to make "
    "a runtime or to prove against an address: [what you can rely on](docs/reliability.md).": (
        *TREES,
        *WHOLE,
        *KEPT,
        *NETWORK,
    ),
}
SECURITY = {
    "a config, a command line or a script whose values become code in what scoregen writes": TREES,
    "a file that is read, written or run outside of what the command was given": (*INSIDE, *LINKS),
    "an input that makes scoregen hang, or use memory without end": ENDS,
    "a file of yours that is lost": (*WHOLE, *KEPT),
    "a secret that ends up in a file or a message": MASKED,
}
NOTHING_IS_LOST = {
    "A file is replaced as a whole or not at all: the new one is written in the same folder, and then takes the old "
    "one's name.": WHOLE,
    "Mode, owner and, on Linux, the access list stay, and symbolic links are followed.": (
        "files/test_files.py::test_mode_and_owner_are_kept",
        "files/test_files.py::test_an_access_list_is_kept",
        "files/test_files.py::test_a_link_is_followed_and_stays",
    ),
    "What does not stay: other hard links, which keep the old content, extended attributes, and the access lists of "
    "macOS and Windows.": ("files/test_files.py::test_another_name_of_the_file_keeps_the_old_bytes",),
    "A file that someone else has changed since it was read is left alone.": (
        "files/test_files.py::test_what_someone_else_has_changed_is_not_replaced",
        "files/test_files.py::test_a_command_does_not_replace_what_is_saved_while_it_works",
    ),
    "With fewer than 200 files, scoregen first waits until the disk has the new content.": (
        "tools/test_writes.py::test_the_content_is_on_the_disk_before_it_has_its_name",
    ),
    "What scoregen did not write, or what was edited since, is [not replaced](generate.md#what-you-have-stays) without "
    "`--force`, which keeps it:": KEPT,
}
NOTHING_LEAVES_ITS_PLACE = {
    "No output of a config is outside of its folder, through `..`, an absolute path or a symbolic link, nor in `.git`, "
    "however another system spells that.": INSIDE,
    "`bundle` copies no link, nothing behind one, and no device; `check` does not look through a link out of the folder "
    "that it searches: a file that you name is followed, one that is found is not.": LINKS,
    "No command asks a network but `scoregen runtime`, which installs packages, also for another command's `--runtime`, "
    "and `scoregen prove` where it is given an address.": NETWORK,
    "No command runs a script, or imports what a script imports, but `scoregen try`, `serve` and `prove`, and `scoregen "
    "ui` when you ask the script from its page.": (
        "tools/test_watched_commands.py::test_what_a_command_does",
        "tools/test_watched_commands.py::test_no_module_of_the_current_folder_is_imported",
    ),
    "Git is called so that nothing in a repository's own settings runs.": (
        "files/test_places.py::test_looking_at_a_repository_runs_nothing_of_it",
        "files/test_places.py::test_the_trap_works_in_the_git_of_others",
    ),
}
A_SECRET_STAYS = {
    "The key of an endpoint is read from the environment alone, by `scoregen prove` and by a bundle's `consume.py`.": (
        "tools/test_client.py::test_url_and_token_come_from_the_environment",
        "tools/test_client.py::test_arguments_that_make_no_sense_send_nothing",
    ),
    "It is in no file that is written, and where an answer repeats it, `(the key)` stands in its place.": MASKED,
    "It follows no redirect, and goes over no network in plain text unless `consume.py` is told `--allow-http`.": (
        "tools/test_client.py::test_a_redirect_does_not_carry_the_key_away",
        "tools/test_client.py::test_the_key_is_not_shown_to_the_network",
        "trial/test_endpoint.py::test_a_redirect_does_not_carry_the_key_away",
        "trial/test_endpoint.py::test_the_key_is_not_shown_to_the_network",
    ),
}
PLACES = {
    ("README.md", r"(Exit code `0`.*?)\[All pages\]"): README,
    ("SECURITY.md", r"what you can rely on\][^:]*:\n\n(.*?)\n\n## "): SECURITY,
    ("docs/reliability.md", r"## Nothing is lost\n(.*?)\n## "): NOTHING_IS_LOST,
    ("docs/reliability.md", r"## Nothing leaves its place\n(.*?)\n## "): NOTHING_LEAVES_ITS_PLACE,
    ("docs/reliability.md", r"## A secret stays where it is\n(.*?)\n## "): A_SECRET_STAYS,
}


def sentences(page: str, part: str) -> list[str]:
    """Return what a part of a page promises; where it only names tests, it promises nothing."""
    found = re.search(part, (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"{page} has no such part"
    text = re.sub(r"^- ", "\n\n", found[1], flags=re.M)
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    split = [one for paragraph in paragraphs if paragraph for one in re.split(r"(?<=\.)\s(?=[A-Z`])", paragraph)]
    return [kept for one in split if (kept := re.sub(r"(?:^|(?<=:) )`(?:pytest )?tests/.*", "", one).strip())]


@functools.cache
def names_of(file: str) -> set[str]:
    """Return the names of a file's tests."""
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: " ".join(re.findall(r"\w{3,}", "".join(place))[:5]))
def test_each_promise_has_its_tests(place: tuple[str, str]) -> None:
    assert sentences(*place) == list(PLACES[place])


def test_the_tests_are_there() -> None:
    named = {name for promises in PLACES.values() for tests in promises.values() for name in tests}
    assert all(tests for promises in PLACES.values() for tests in promises.values())
    missing = [name for name in named if name.partition("::")[2] not in names_of(name.partition("::")[0])]
    assert missing == []
