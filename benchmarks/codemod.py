"""The least one writes with libcst to set an argument in a file; ``libcst.tool codemod`` takes longer to start."""

import sys
from pathlib import Path

import libcst


class _Set(libcst.CSTTransformer):
    def leave_Arg(self, original_node: libcst.Arg, updated_node: libcst.Arg) -> libcst.Arg:  # noqa: N802
        if updated_node.keyword is None or updated_node.keyword.value != sys.argv[2]:
            return updated_node
        return updated_node.with_changes(value=libcst.Integer(sys.argv[3]))


path = Path(sys.argv[1])
module = libcst.parse_module(path.read_bytes())
path.write_bytes(module.visit(_Set()).bytes)
